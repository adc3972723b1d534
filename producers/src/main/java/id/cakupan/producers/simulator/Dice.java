package id.cakupan.producers.simulator;

/**
 * Random numbers that follow from a seed, what they are for, and the index of the thing: each worker and each site has
 * dice of its own, so that any of them can be made again alone. SplitMix64.
 */
final class Dice {
    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    /** Starts anew for one thing. */
    Dice start(long seed, int purpose, long index) {
        state = mix(mix(seed + GAMMA * (purpose + 1)) + GAMMA * (index + 1));
        return this;
    }

    /** 64 random bits. */
    long bits() {
        state += GAMMA;
        return mix(state);
    }

    /** A number from 0 to below 1. */
    double unit() {
        return (bits() >>> 11) * 0x1.0p-53;
    }

    /** A number from {@code least} to {@code most}, both included. */
    int between(int least, int most) {
        return least + (int) (unit() * (most - least + 1));
    }

    /** True with this probability. */
    boolean chance(double probability) {
        return unit() < probability;
    }

    /** A span of time with this mean, at least 0. */
    double span(double mean) {
        return -mean * Math.log1p(-unit());
    }

    /** A number from the standard normal distribution. */
    double normal() {
        return Math.sqrt(-2 * Math.log1p(-unit())) * Math.cos(2 * Math.PI * unit());
    }

    /** One of these. */
    String of(String... choices) {
        return choices[(int) (unit() * choices.length)];
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }
}
