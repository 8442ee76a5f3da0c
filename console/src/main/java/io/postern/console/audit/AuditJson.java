package io.postern.console.audit;

import java.util.LinkedHashMap;
import java.util.Map;

/// An entry as programs read it, in the model's shape: in the API and in exports.
public final class AuditJson {
  private AuditJson() {}

  public static Map<String, Object> of(AuditEntry entry) {
    var body = new LinkedHashMap<String, Object>();
    body.put("metadata", metadata(entry));
    body.put("spec", spec(entry));
    return body;
  }

  private static Map<String, Object> metadata(AuditEntry entry) {
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("uid", entry.uid());
    metadata.put("sequence", entry.sequence());
    metadata.put("creationTimestamp", entry.at().toString());
    metadata.put("previousHash", entry.previousHash());
    metadata.put("hash", entry.hash());
    return metadata;
  }

  private static Map<String, Object> spec(AuditEntry entry) {
    var user = new LinkedHashMap<String, Object>();
    user.put("uid", entry.who().uid());
    user.put("emailId", entry.who().email());
    user.put("address", entry.who().address());
    var actor = new LinkedHashMap<String, Object>();
    actor.put("actorType", entry.who().uid().equals("system") ? "system" : "user");
    actor.put("user", user);
    var resource = new LinkedHashMap<String, Object>();
    resource.put("kind", entry.object().kind());
    resource.put("uid", entry.object().uid());
    resource.put("name", entry.object().name());
    var spec = new LinkedHashMap<String, Object>();
    spec.put("actionType", entry.action().type());
    spec.put("action", entry.action().word());
    spec.put("actionMsg", entry.sentence());
    spec.put("actor", actor);
    spec.put("resource", resource);
    return spec;
  }
}
