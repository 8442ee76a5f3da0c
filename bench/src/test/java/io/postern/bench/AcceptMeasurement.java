package io.postern.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Taking a mail durably: the caller is answered when it is on the disk.
final class AcceptMeasurement implements Measurement {
  private static final int MAILS = 40_000;
  private static final int OF_POSTFIX = 5_000;
  private static final int ON_SLOW_DISK = 10_000;
  private static final int ALONE = 2_000;
  private static final int CALLERS = 64;
  private static final int SESSIONS = 8;
  private static final int APPENDED_OCTETS = 4_096;

  @Override
  public String title() {
    return "Accepting mail durably";
  }

  @Override
  public void run(Place place, Effort effort, Report report) throws Exception {
    var timesPostfix = new Samples();
    var timesAppend = new Samples();
    var rates = new Samples();
    var postfixRates = new Samples();
    var singles = new Samples();
    var appends = new Samples();
    var timesAlone = new Samples();
    var slowRates = new Samples();
    var directory = place.scratch();
    try (var console = Console.start(directory, null)) {
      console.accept(CALLERS, effort.of(MAILS));
      for (var round = 0; round < effort.rounds(); round++) {
        var postfix = Peer.source(place, place.queuePort(), SESSIONS, effort.of(OF_POSTFIX));
        Peer.settle(place);
        var many = console.accept(CALLERS, effort.of(MAILS));
        var append = append(directory.resolve("append"), effort.of(ALONE)).median();
        var single = console.accept(1, effort.of(ALONE)).latencies().median();
        timesPostfix.add(many.work().rate() / postfix.rate());
        timesAppend.add(single / append);
        rates.add(many.work().rate());
        postfixRates.add(postfix.rate());
        singles.add(single);
        appends.add(append);
        var slow = SlowDisk.measure(place, effort.of(ON_SLOW_DISK));
        timesAlone.add(slow.many() / slow.alone());
        slowRates.add(slow.many());
      }
    }
    report.atLeast("64 callers on SQLite, times Postfix taking into its queue", timesPostfix, 10);
    report.atMost("One caller, p50, times a bare append and fdatasync", timesAppend, 1.5);
    report.atLeast(
        "With 5 ms added to every flush, 64 callers, times one commit per mail", timesAlone, 25);
    report.figure("Postern, 64 callers, mails/s", rates);
    report.figure("The same with 5 ms added to every flush, mails/s", slowRates);
    report.figure("Postfix, 8 sessions, mails/s", postfixRates);
    report.figure("Postern, one caller, p50 ms", singles);
    report.figure("Append of 4 KiB and fdatasync, p50 ms", appends);
  }

  private static Samples append(Path file, int times) throws IOException {
    var latencies = new Samples();
    var octets = ByteBuffer.allocateDirect(APPENDED_OCTETS);
    try (var channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      for (var n = 0; n < times; n++) {
        octets.clear();
        var before = System.nanoTime();
        channel.write(octets);
        channel.force(false);
        latencies.add((System.nanoTime() - before) / 1e6);
      }
    }
    return latencies;
  }
}
