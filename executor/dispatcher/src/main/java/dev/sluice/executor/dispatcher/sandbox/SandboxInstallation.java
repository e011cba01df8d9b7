package dev.sluice.executor.dispatcher.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the jars of a sandbox process lie.
 *
 * @param root holds {@code sandbox.jar}, {@code modules/} (the JavaScript engine) and {@code compiler/} (its JIT)
 */
public record SandboxInstallation(Path root) {
    /** System property that names the folder. */
    public static final String PROPERTY = "sluice.sandbox.home";

    public SandboxInstallation {
        root = root.toAbsolutePath().normalize();
        for (String part : new String[] {"sandbox.jar", "modules", "compiler"}) {
            if (!Files.exists(root.resolve(part))) {
                throw new IllegalArgumentException("no sandbox installation in " + root + ": " + part + " is missing");
            }
        }
    }

    /** The folder named by {@value #PROPERTY}. */
    public static SandboxInstallation fromProperty() {
        String home = System.getProperty(PROPERTY);
        if (home == null) {
            throw new IllegalStateException("system property " + PROPERTY + " is not set");
        }
        return new SandboxInstallation(Path.of(home));
    }

    Path jar() {
        return root.resolve("sandbox.jar");
    }

    Path modules() {
        return root.resolve("modules");
    }

    Path compiler() {
        return root.resolve("compiler");
    }
}
