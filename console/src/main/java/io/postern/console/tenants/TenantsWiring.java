package io.postern.console.tenants;

import io.postern.console.accounts.Accounts;
import io.postern.console.accounts.AddressRequests;
import io.postern.console.accounts.Links;
import io.postern.console.accounts.Passwords;
import io.postern.console.accounts.SecondStep;
import io.postern.console.audit.Audit;
import io.postern.console.letters.Letters;
import io.postern.console.outbox.Outbox;
import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Proxies;
import io.postern.console.settings.InstanceSettings;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Tenants and invitations as beans.
@Configuration
class TenantsWiring {
  /// What comes from other rooms to write a letter with a link.
  record Post(Links links, Letters letters, Outbox outbox) {}

  @Bean
  Post tenantPost(Links links, Letters letters, Outbox outbox) {
    return new Post(links, letters, outbox);
  }

  @Bean
  TenantParts tenantParts(
      Database database, Accounts accounts, Post post, Audit audit, Chance chance) {
    return new TenantParts(
        database,
        new TenantStore(),
        accounts,
        post.links(),
        post.letters(),
        post.outbox(),
        audit,
        chance.clock(),
        chance.uids());
  }

  /// Time and names.
  record Chance(InstantSource clock, Uid uids) {}

  @Bean
  Chance tenantChance(InstantSource clock, Uid uids) {
    return new Chance(clock, uids);
  }

  @Bean
  Invitations invitations(TenantParts parts, Passwords passwords) {
    return new Invitations(parts, passwords);
  }

  @Bean
  Tenants tenants(TenantParts parts, Invitations invitations) {
    return new Tenants(parts, invitations);
  }

  @Bean
  Removals removals(TenantParts parts) {
    return new Removals(parts);
  }

  @Bean
  TenantHome.Visit tenantVisit(
      Proxies proxies,
      InstanceSettings instance,
      SecondStep secondStep,
      AddressRequests addresses) {
    return new TenantHome.Visit(proxies, instance, secondStep, addresses);
  }
}
