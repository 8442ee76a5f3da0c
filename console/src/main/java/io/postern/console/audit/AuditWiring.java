package io.postern.console.audit;

import io.postern.console.platform.InstanceSecrets;
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
  Checkpoints checkpoints(Database database, InstanceSecrets secrets, InstantSource clock) {
    return new Checkpoints(database, secrets, clock);
  }

  @Bean(initMethod = "start")
  HourlyCheckpoints hourlyCheckpoints(Checkpoints checkpoints) {
    return new HourlyCheckpoints(checkpoints);
  }

  @Bean
  AuditLog auditLog() {
    return new AuditLog();
  }
}
