package io.postern.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// Processor time of this process.
final class Processor {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private Processor() {}

  /// Seconds, of all threads, in the program and in the system for it.
  static double used() {
    return SYSTEM.getProcessCpuTime() / 1e9;
  }
}
