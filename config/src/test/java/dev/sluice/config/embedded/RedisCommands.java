package dev.sluice.config.embedded;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** One command a connection, answered in one line: enough to see whether Redis kept a key. */
final class RedisCommands {
    private RedisCommands() {}

    static String send(String uri, String command) throws IOException {
        URI server = URI.create(uri);
        String password = server.getUserInfo().substring(1);
        try (Socket socket = new Socket(InetAddress.ofLiteral(server.getHost()), server.getPort())) {
            socket.getOutputStream().write(
                    ("AUTH " + password + "\r\n" + command + "\r\n").getBytes(StandardCharsets.UTF_8));
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String login = answers.readLine();
            String answer = answers.readLine();
            if (login == null || answer == null) {
                throw new EOFException("Redis closed the connection");
            }
            return answer;
        }
    }
}
