package io.postern.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// The maildirs of one server: DOMAIN/LOCAL/new, one file for each mail.
///
/// @param folder above the domains
public record Mailboxes(Path folder) {
  private static final Duration DELIVERED_WITHIN = Duration.ofMinutes(2);
  private static final long LOOK_AGAIN_MILLIS = 100;

  /// The mails of this address, oldest first.
  public List<Letter> of(String address) {
    var folder = box(address).resolve("new");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.sorted().map(Letter::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The first mail of this address that is wanted; waits for it up to 2 minutes, because servers
  /// deliver after their 250.
  ///
  /// @throws AssertionError when it does not come
  public Letter await(String address, Predicate<Letter> wanted) {
    var deadline = System.nanoTime() + DELIVERED_WITHIN.toNanos();
    try (var watch = folder.getFileSystem().newWatchService()) {
      while (true) {
        var found = of(address).stream().filter(wanted).findFirst();
        if (found.isPresent()) {
          return found.get();
        }
        if (System.nanoTime() > deadline) {
          throw new AssertionError(
              "no such mail for " + address + "; there are: " + subjects(address));
        }
        nearest(box(address).resolve("new")).register(watch, StandardWatchEventKinds.ENTRY_CREATE);
        // The bound covers what happened between looking and registering.
        var change = watch.poll(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        if (change != null) {
          change.cancel();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public Letter await(String address) {
    return await(address, _ -> true);
  }

  private List<String> subjects(String address) {
    return of(address).stream().map(Letter::subject).toList();
  }

  private Path box(String address) {
    var at = address.lastIndexOf('@');
    return folder.resolve(address.substring(at + 1)).resolve(address.substring(0, at));
  }

  private static Path nearest(Path wanted) {
    var path = wanted;
    while (!Files.isDirectory(path)) {
      path = Objects.requireNonNull(path.getParent());
    }
    return path;
  }
}
