package io.postern.console.audit;

import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Database;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The audit log as beans.
@Configuration
class AuditWiring {
  @Bean
  Audit audit(InstantSource clock, Uid uids) {
    return new Audit(clock, uids);
  }

  @Bean
  RefusedAccess refusedAccess(Database database, Audit audit) {
    return new RefusedAccess(database, audit);
  }

  @Bean
  AuditLog auditLog() {
    return new AuditLog();
  }
}
