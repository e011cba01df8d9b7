package dev.sluice.quota.redis;

import dev.sluice.quota.Admission;
import dev.sluice.quota.FailurePolicy;
import dev.sluice.quota.QuotaMode;
import dev.sluice.quota.ledger.Charge;
import dev.sluice.quota.ledger.Ledger;
import dev.sluice.quota.ledger.Share;

import java.util.function.IntSupplier;

/** Decides by the failure policy, and notes in the ledger what has to be reported to Redis later. */
record WithoutRedis(FailurePolicy policy, IntSupplier nodes) {
    private static final long TRY_AGAIN_SECONDS = 1;

    QuotaMode mode() {
        return policy.mode();
    }

    Admission decide(Ledger ledger, Charge charge, long nowMillis) {
        return switch (policy) {
            case LOCAL -> ledger.take(
                    charge, nowMillis, Share.amongNodes(Math.max(1, nodes.getAsInt())), true, mode());
            case OPEN -> ledger.take(charge, nowMillis, Share.UNBOUNDED, true, mode());
            case CLOSED -> new Admission.Unavailable(TRY_AGAIN_SECONDS);
        };
    }
}
