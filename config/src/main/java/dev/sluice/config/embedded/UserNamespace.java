package dev.sluice.config.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The way to run PostgreSQL as root, which it refuses: in a user namespace without a mapping it sees itself as an
 * ordinary user, while its files stay root's.
 */
final class UserNamespace {
    private static final List<String> UNSHARE = List.of("unshare", "-U");

    private UserNamespace() {}

    /**
     * The words to put before a command that must not run as root; none for an ordinary user.
     *
     * @throws EmbeddedServerException.Unsupported if this is root and the kernel refuses user namespaces
     */
    static List<String> prefix() throws EmbeddedServerException, InterruptedException {
        if (!isRoot()) {
            return List.of();
        }
        if (onPath("unshare") && unshareWorks()) {
            return UNSHARE;
        }
        throw new EmbeddedServerException.Unsupported("PostgreSQL refuses to run as root, and this system lets no "
                + "process enter a user namespace (unshare -U). Run Sluice as an ordinary user");
    }

    static boolean onPath(String program) {
        String path = System.getenv("PATH");
        if (path == null) {
            return false;
        }
        for (String folder : path.split(File.pathSeparator, -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid && uid == 0;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static boolean unshareWorks() throws InterruptedException {
        try {
            Process probe = new ProcessBuilder("unshare", "-U", "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (probe.waitFor(10, TimeUnit.SECONDS)) {
                return probe.exitValue() == 0;
            }
            probe.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false;
        }
    }
}
