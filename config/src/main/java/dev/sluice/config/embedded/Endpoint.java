package dev.sluice.config.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * Where an embedded server listens on the loopback address and its password; kept in a file that only its owner reads.
 *
 * @param port a TCP port of 127.0.0.1
 * @param password generated once, letters and digits only, so that it needs no escaping anywhere
 */
record Endpoint(int port, String password) {
    static final String HOST = "127.0.0.1";
    private static final int PASSWORD_BYTES = 24;

    /**
     * Reads the endpoint, or makes a new one. A port that something else has taken meanwhile is replaced; the password
     * never is, as the server's data knows it.
     */
    static Endpoint load(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new Endpoint(freePort(), newPassword()).store(file);
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.size() < 2 || !lines.getFirst().matches("\\d{1,5}")) {
            throw new IOException(file + " does not hold a port and a password on a line each");
        }
        Endpoint stored = new Endpoint(Integer.parseInt(lines.getFirst()), lines.get(1));
        return isFree(stored.port) ? stored : stored.elsewhere(file);
    }

    /** The same server on another free port. */
    Endpoint elsewhere(Path file) throws IOException {
        return new Endpoint(freePort(), password).store(file);
    }

    /** Where the server accepts clients. */
    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.ofLiteral(HOST), port);
    }

    private Endpoint store(Path file) throws IOException {
        OwnerOnly.write(file, port + "\n" + password + "\n");
        return this;
    }

    private static String newPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral(HOST))) {
            return socket.getLocalPort();
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(HOST), port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Endpoint[port=" + port + "]";
    }
}
