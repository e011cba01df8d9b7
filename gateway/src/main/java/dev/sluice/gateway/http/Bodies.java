package dev.sluice.gateway.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Receives the bodies of requests on one event loop, copying each byte once. Memory grows with what arrives and not with
 * what is declared, within the node's {@link BodyBudget}; a body that is not complete within its deadline is refused.
 */
public final class Bodies {
    /** Up to this size a declared length is believed, once the first byte has come. */
    private static final int FIRST_BYTES = 16 << 10;
    /** A sender gets one more second for each so many bytes that it has sent. */
    private static final int BYTES_PER_SECOND = 64 << 10;
    private static final long LOOK_MILLIS = 500;
    private static final byte[] NOTHING = new byte[0];

    private final BodyBudget budget;
    private final long patienceNanos;
    /** The unfinished bodies, as a ring around this; registering one allocates nothing. */
    private final Reading unfinished;

    /**
     * The bodies of the event loop that calls.
     *
     * @param patience how long a body may take, besides what its sender earns by sending
     */
    public Bodies(Vertx vertx, BodyBudget budget, Duration patience) {
        this.budget = budget;
        this.patienceNanos = patience.toNanos();
        this.unfinished = new Reading();
        var _ = vertx.setPeriodic(LOOK_MILLIS, tick -> refuseOverdue(System.nanoTime()));
    }

    /** The length that the request declares, or -1 for none; a value that is no number counts as too long. */
    public static long declaredLength(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaderNames.CONTENT_LENGTH);
        if (header == null) {
            return -1;
        }
        try {
            return Long.parseLong(header);
        } catch (NumberFormatException notANumber) {
            return Long.MAX_VALUE;
        }
    }

    /**
     * Receives the body. If the request was paused, the caller resumes it after this.
     *
     * @param limit most bytes accepted
     * @param owner whose share of the budget the body counts against
     */
    public void read(HttpServerRequest request, int limit, Object owner, BodyReceiver receiver) {
        long declared = declaredLength(request);
        if (declared > limit) {
            receiver.failed(BodyFailure.TOO_LARGE);
            return;
        }
        if (Expectation.wantsContinue(request)) {
            request.response().writeContinue();
        }
        Reading reading = new Reading(request, limit, (int) declared, owner, receiver);
        reading.register();
        request.handler(reading::chunk).endHandler(reading::end).exceptionHandler(reading::broken);
    }

    private void refuseOverdue(long now) {
        List<Reading> overdue = new ArrayList<>();
        for (Reading reading = unfinished.next; reading != unfinished; reading = reading.next) {
            if (reading.isOverdue(now)) {
                overdue.add(reading);
            }
        }
        overdue.forEach(reading -> reading.fail(BodyFailure.TOO_SLOW));
    }

    /** One body on its way. */
    private final class Reading implements Body {
        private final @Nullable HttpServerRequest request;
        private final int limit;
        private final int declared;
        private final Object owner;
        private final @Nullable BodyReceiver receiver;
        private final long since;
        private byte[] bytes = NOTHING;
        private int length;
        private long taken;
        private boolean shared;
        private boolean ended;
        private Reading previous;
        private Reading next;

        /** The ring's anchor. */
        Reading() {
            this(null, 0, 0, NOTHING, null);
        }

        Reading(@Nullable HttpServerRequest request, int limit, int declared, Object owner,
                @Nullable BodyReceiver receiver) {
            this.request = request;
            this.limit = limit;
            this.declared = declared;
            this.owner = owner;
            this.receiver = receiver;
            this.since = System.nanoTime();
            this.previous = this;
            this.next = this;
        }

        void register() {
            previous = unfinished.previous;
            next = unfinished;
            previous.next = this;
            next.previous = this;
        }

        void chunk(Buffer chunk) {
            if (ended) {
                return; // what was refused is thrown away
            }
            int needed = length + chunk.length();
            if (needed > limit) {
                fail(BodyFailure.TOO_LARGE);
            } else if (needed > bytes.length && !grow(needed)) {
                fail(BodyFailure.NO_MEMORY);
            } else {
                chunk.getBytes(bytes, length);
                length = needed;
            }
        }

        void end(@Nullable Void nothing) {
            if (!ended) {
                finish();
                if (length != bytes.length) {
                    bytes = Arrays.copyOf(bytes, length);
                }
                if (receiver != null) {
                    receiver.received(this);
                }
            }
        }

        void broken(Throwable cause) {
            if (!ended) {
                fail(BodyFailure.isLost(cause) ? BodyFailure.LOST : BodyFailure.MALFORMED);
            }
        }

        boolean isOverdue(long now) {
            return now - since > patienceNanos + length / BYTES_PER_SECOND * 1_000_000_000L;
        }

        void fail(BodyFailure failure) {
            finish();
            release();
            bytes = NOTHING;
            if (receiver != null) {
                receiver.failed(failure);
            }
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public void release() {
            if (shared) {
                budget.giveBackShared(owner, address(), taken);
            } else if (taken > 0) {
                budget.giveBack(taken);
            }
            taken = 0;
            shared = false;
        }

        private void finish() {
            ended = true;
            previous.next = next;
            next.previous = previous;
            previous = this;
            next = this;
        }

        private boolean grow(int needed) {
            int most = declared < 0 ? limit : declared;
            int capacity = Math.min(most, Math.max(Math.max(needed, 2 * bytes.length), Math.min(most, FIRST_BYTES)));
            int more = capacity - bytes.length;
            boolean whole = needed == declared && length == 0;
            if (whole ? !budget.take(more) : !budget.takeShared(owner, address(), more, limit)) {
                return false;
            }
            taken += more;
            shared = !whole;
            bytes = length == 0 ? new byte[capacity] : Arrays.copyOf(bytes, capacity);
            return true;
        }

        private @Nullable String address() {
            return request == null || request.remoteAddress() == null ? null : request.remoteAddress().hostAddress();
        }
    }
}
