package dev.sluice.quota.redis;

import dev.sluice.quota.Admission;
import dev.sluice.quota.FailurePolicy;
import dev.sluice.quota.QuotaMode;
import dev.sluice.quota.ledger.Charge;
import dev.sluice.quota.ledger.Ledger;
import dev.sluice.quota.ledger.Share;
import org.jspecify.annotations.Nullable;

import java.util.function.IntSupplier;

/** Decides by the failure policy, and notes in the ledger what has to be reported to Redis later. */
record WithoutRedis(FailurePolicy policy, IntSupplier nodes) {
    private static final long TRY_AGAIN_SECONDS = 1;

    QuotaMode mode() {
        return policy.mode();
    }

    Admission decide(Ledger ledger, Charge charge, long nowMillis) {
        return switch (policy) {
            case LOCAL -> ledger.take(charge, nowMillis, Share.amongNodes(sharing()), true, mode());
            case OPEN -> ledger.take(charge, nowMillis, Share.UNBOUNDED, true, mode());
            case CLOSED -> new Admission.Unavailable(TRY_AGAIN_SECONDS);
        };
    }

    /** Takes from this node's share where others have shares too; answers the refusal when it is used up. */
    Admission.@Nullable Refused ofShare(Ledger ledger, Charge charge, long nowMillis) {
        int nodes = sharing();
        return policy != FailurePolicy.LOCAL || nodes == 1
                ? null
                : ledger.takeOfShare(charge, nowMillis, Share.amongNodes(nodes), mode());
    }

    private int sharing() {
        return Math.max(1, nodes.getAsInt());
    }
}
