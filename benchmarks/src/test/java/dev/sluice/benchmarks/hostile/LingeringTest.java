package dev.sluice.benchmarks.hostile;

import dev.sluice.benchmarks.hostile.check.Bounds;
import dev.sluice.benchmarks.hostile.check.Findings;
import dev.sluice.benchmarks.hostile.check.Invariant;
import dev.sluice.benchmarks.hostile.wire.Tampering;
import dev.sluice.benchmarks.hostile.wire.Wire;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** A server that lets an incomplete request stay is told from one that ends it. */
class LingeringTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    private final Findings findings = new Findings();

    @Test
    void aRequestThatStaysOpenIsFound() throws IOException, InterruptedException {
        try (ServerSocket server = server()) {
            Lingering lingering = lingering(server);
            lingering.add(new Wire(server.getLocalPort(), Tampering.NONE), "nothing", "here");
            try (var accepted = server.accept()) {
                lingering.await();
            }
        }
        assertThat(findings.broken()).containsExactly(Invariant.ANSWERED);
    }

    @Test
    void aRequestThatIsEndedIsNot() throws IOException, InterruptedException {
        try (ServerSocket server = server()) {
            Lingering lingering = lingering(server);
            lingering.add(new Wire(server.getLocalPort(), Tampering.NONE), "nothing", "here");
            server.accept().close();
            lingering.await();
        }
        assertThat(findings.isEmpty()).isTrue();
    }

    private Lingering lingering(ServerSocket server) {
        Bounds bounds = new Bounds(SHORT, SHORT, SHORT, 2);
        return new Lingering(new Gun.Context(server.getLocalPort(), bounds, Tampering.NONE, findings, new Tally(), hook -> { }));
    }

    private static ServerSocket server() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
