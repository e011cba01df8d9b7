package dev.sluice.executor.sandbox.protocol;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FrameCodecTest {
    private static final UUID ID = new UUID(1, 2);
    private static final Outcome.Run RUN = new Outcome.Run(
            Instant.ofEpochSecond(1_700_000_000, 5), Duration.ofMillis(7), Duration.ofNanos(3),
            List.of(new Outcome.LogLine(Instant.EPOCH, Outcome.Level.WARN, "zwölf 💧")), true);

    static Stream<Frame> frames() {
        return Stream.of(
                new Frame.Hello(1, "secret", 42),
                new Frame.Configure(Limits.defaults(), ContextMode.FRESH, 3, 4),
                new Frame.Ready(true, "GraalVM CE"),
                new Frame.Start(invocation(null, null)),
                new Frame.Start(invocation(
                        new Invocation.Customer(ID, "acme"), new Invocation.TriggerSource(ID, "webhook", "Bestellung ü"))),
                new Frame.Cancel(ID),
                new Frame.Call(ID, 1, new HostCall.StateGet(HostCall.StateScope.ORG, "k")),
                new Frame.Call(ID, 2, new HostCall.StateSet(HostCall.StateScope.INVOCATION, "k", "{}", null)),
                new Frame.Call(ID, 3, new HostCall.StateSet(HostCall.StateScope.ORG, "k", "1", Duration.ofHours(1))),
                new Frame.Call(ID, 4, new HostCall.StateDelete(HostCall.StateScope.ORG, "k")),
                new Frame.Reply(ID, 1, new HostReply.Value(null)),
                new Frame.Reply(ID, 1, new HostReply.Value("[1]")),
                new Frame.Reply(ID, 1, new HostReply.Refused("QuotaError", "no")),
                new Frame.Ended(ID, new Outcome.Completed("{}".getBytes(StandardCharsets.UTF_8), RUN)),
                new Frame.Ended(ID, new Outcome.Failed(new Outcome.WorkflowError("Error", "m", "at"), RUN)),
                new Frame.Ended(ID, new Outcome.Failed(new Outcome.WorkflowError("Error", "m", "at", "{\"code\":1}"), RUN)),
                new Frame.Ended(ID, new Outcome.TimedOut(new Outcome.WorkflowError("TimeoutError", "m", null), RUN)),
                new Frame.Ended(ID, new Outcome.Cancelled(RUN)),
                new Frame.Check(9, "code", Language.TYPESCRIPT),
                new Frame.Checked(9, new CheckResult.Valid("code")),
                new Frame.Checked(9, new CheckResult.Invalid("no", 1, 2)),
                new Frame.Checked(9, new CheckResult.Unavailable("gone")),
                new Frame.Unwell("stuck"),
                new Frame.Ping(1),
                new Frame.Pong(1));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void readsWhatItWrites(Frame frame) throws ProtocolException {
        assertThat(FrameCodec.decode(fields(frame))).usingRecursiveComparison().isEqualTo(frame);
    }

    @ParameterizedTest
    @MethodSource("frames")
    void refusesWhatIsCutShortOrTooLong(Frame frame) throws ProtocolException {
        byte[] whole = bytes(fields(frame));
        for (int length = 0; length < whole.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(whole, 0, length).slice();
            assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> FrameCodec.decode(cut));
        }
        ByteBuffer longer = ByteBuffer.wrap(Arrays.copyOf(whole, whole.length + 1));
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> FrameCodec.decode(longer));
    }

    @Test
    void survivesNoise() throws ProtocolException {
        Random random = new Random(7);
        for (Frame frame : frames().toList()) {
            byte[] whole = bytes(fields(frame));
            for (int round = 0; round < 2_000; round++) {
                byte[] noisy = whole.clone();
                noisy[random.nextInt(noisy.length)] = (byte) random.nextInt();
                noisy[random.nextInt(noisy.length)] = (byte) random.nextInt();
                try {
                    assertThat(FrameCodec.decode(ByteBuffer.wrap(noisy))).isNotNull();
                } catch (ProtocolException expected) {
                    assertThat(expected).hasMessageNotContaining("secret");
                }
            }
        }
    }

    @Test
    void aFrameThatIsOneExecutionsFaultSaysWhose() throws ProtocolException {
        Frame call = new Frame.Call(ID, 3, new HostCall.StateSet(HostCall.StateScope.ORG, "k", "1", Duration.ZERO));
        assertThatExceptionOfType(ContentException.class).isThrownBy(() -> FrameCodec.decode(fields(call)))
                .satisfies(fault -> assertThat(fault.executionId()).isEqualTo(ID));
        byte[] ended = bytes(fields(new Frame.Ended(ID, new Outcome.Cancelled(RUN))));
        ended[17] = 9;
        assertThatExceptionOfType(ContentException.class).isThrownBy(() -> FrameCodec.decode(ByteBuffer.wrap(ended)))
                .satisfies(fault -> assertThat(fault.executionId()).isEqualTo(ID));
    }

    @Test
    void keepsSecretsAndTenantDataOutOfText() {
        assertThat(frames().map(Frame::toString))
                .noneMatch(text -> text.contains("secret") || text.contains("zwölf") || text.contains("BODY"));
    }

    private static Invocation invocation(
            Invocation.@Nullable Customer customer, Invocation.@Nullable TriggerSource trigger) {
        return new Invocation(
                ID, ID, 2, new Invocation.Tenant(ID, customer), new Invocation.Workflow(ID, "slug", ID, 3, "code"), trigger,
                Map.of("a", "b", "c", "d"), "BODY".getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(1));
    }

    private static ByteBuffer fields(Frame frame) throws ProtocolException {
        ByteBuffer encoded = FrameCodec.encode(frame);
        assertThat(encoded.getInt()).isEqualTo(encoded.remaining());
        return ByteBuffer.wrap(bytes(encoded));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
