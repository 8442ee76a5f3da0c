package io.postern.smtp.session;

import io.postern.smtp.dns.Resolver;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Everything outside that a session may touch: names, connections, time, chance. Passed in, never
/// reached for.
///
/// @param ticks monotonic nanoseconds, for deadlines and durations
/// @param clock wall clock, for certificates and dates
public record Network(
    Resolver resolver,
    Dialer dialer,
    InstantSource clock,
    LongSupplier ticks,
    RandomGenerator random) {}
