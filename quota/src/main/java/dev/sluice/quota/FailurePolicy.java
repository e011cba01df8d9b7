package dev.sluice.quota;

/** What to do with requests that have a limit while Redis is away: the setting {@code quota.on-redis-failure}. */
public enum FailurePolicy {
    /** Count in memory, up to this node's share of what was left. */
    LOCAL(QuotaMode.LOCAL),
    /** Admit everything. */
    OPEN(QuotaMode.OPEN),
    /** Turn everything away. */
    CLOSED(QuotaMode.CLOSED);

    private final QuotaMode mode;

    FailurePolicy(QuotaMode mode) {
        this.mode = mode;
    }

    /** The mode that decisions are made in while the policy applies. */
    public QuotaMode mode() {
        return mode;
    }
}
