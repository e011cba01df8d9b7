package dev.sluice.gateway.cli;

import dev.sluice.gateway.cli.LauncherTree.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class LauncherTest {
    @TempDir
    private Path base;

    private LauncherTree tree;

    @BeforeEach
    void makeTree() throws IOException {
        tree = new LauncherTree(base);
    }

    @Test
    void aJdkIsFoundThoughPathAndJavaHomeHoldOlderOnes() throws Exception {
        Path old = tree.jdk("jvm/java-17", "17.0.15");
        Path fit = tree.jdk("jvm/temurin-25", "25.0.3");
        tree.inPath(old);
        assertThat(tree.run().jdk()).isEqualTo(fit.toString());
        tree.environment.put("JAVA_HOME", old.toString());
        assertThat(tree.run().jdk()).isEqualTo(fit.toString());
    }

    @Test
    void javaHomeWinsOverThePathAndThePathOverTheRest() throws Exception {
        tree.jdk("jvm/temurin-25", "25.0.3");
        Path inPath = tree.jdk("elsewhere/jdk", "26");
        Path home = tree.jdk("my jdk", "25");
        tree.inPath(inPath);
        assertThat(tree.run().jdk()).isEqualTo(inPath.toString());
        tree.environment.put("JAVA_HOME", home.toString());
        assertThat(tree.run().jdk()).isEqualTo(home.toString());
    }

    @Test
    void withoutAJdkItSaysWhatIsMissing() throws Exception {
        tree.inPath(tree.jdk("jvm/java-17", "17.0.15"));
        Path runtimeOnly = tree.jdk("opt/jre", "25.0.3");
        Files.delete(runtimeOnly.resolve("bin/javac"));
        Run run = tree.run();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("needs a JDK 25 or newer", "JAVA_HOME (not set)", "https://adoptium.net");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void itBuildsOnceAndThenOnlyWhatChanged() throws Exception {
        Path jdk = tree.jdk("opt/jdk-25", "25.0.3");
        Run first = tree.run();
        assertThat(first.err()).contains("building with Maven", "built in ");
        assertThat(first.calls()).contains("-DskipTests package with JAVA_HOME=" + jdk);
        assertThat(tree.run().built()).isFalse();
        LauncherTree.edit(tree.source("quota"));
        assertThat(tree.run().built()).isTrue();
        assertThat(tree.run().built()).isFalse();
        LauncherTree.edit(tree.checkout.resolve("pom.xml"));
        assertThat(tree.run().built()).isTrue();
        assertThat(tree.run().built()).isFalse();
    }

    @ParameterizedTest
    @FieldSource("dev.sluice.gateway.cli.LauncherTree#MODULES")
    void itBuildsWhenPartIsMissing(String module) throws Exception {
        tree.jdk("jvm/jdk-25", "25.0.3");
        assertThat(tree.run("bench").built()).isTrue();
        Files.delete(tree.jar(module));
        assertThat(tree.run("bench", "ingress").built()).isTrue();
        assertThat(tree.run("bench", "ingress").built()).isFalse();
    }

    @Test
    void aFailedBuildStartsNothing() throws Exception {
        tree.jdk("jvm/jdk-25", "25.0.3");
        String reason = """
                [ERROR] COMPILATION ERROR :
                [ERROR] /a/A.java:[1,2] cannot find symbol
                  symbol:   class B
                [ERROR] -> [Help 1] \\033 is kept
                """;
        tree.maven("cat <<'END'\n[INFO] BUILD FAILURE\n%s%s%s\nEND\nexit 1\n"
                .formatted(LauncherTree.RESET, reason, LauncherTree.RESET));
        for (int i = 0; i < 2; i++) {
            Run run = tree.run();
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains(reason, "the build failed", tree.checkout + "/target/launcher-build.log")
                    .doesNotContain("\033", "[INFO]");
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void aBuildTellsWhichPartItIsAtAndWhatItDoes() throws Exception {
        tree.jdk("jvm/jdk-25", "25.0.3");
        tree.maven("""
                cat <<'END'
                [INFO] Scanning for projects...
                [INFO] Downloading from central: https://host/a.pom
                [INFO] Downloaded from central: https://host/a.pom (1 kB at 2 kB/s)
                [INFO] -----------------------< dev.sluice:sluice-config >-----------------------
                [INFO] Building Sluice config 0.1.0-SNAPSHOT                              [2/8]
                [INFO]   from config/pom.xml
                END
                for i in $(seq 60); do
                    echo "[INFO] Downloading from central: https://host/$i"; echo "[INFO] Downloaded from central: https://host/$i"
                done
                cat <<'END'
                [INFO] --- maven-compiler-plugin:3.14.1:compile (default-compile) @ sluice-config ---
                [WARNING] a warning of no interest
                [INFO] --- compiler:3.14.1:testCompile (default-testCompile) @ sluice-config ---
                [INFO] Building jar: /a/config/target/sluice-config.jar
                \033[0m[INFO] Building Sluice executor: dispatcher 0.1.0-SNAPSHOT [6/8]
                \033[0m
                END
                exit 1
                """);
        assertThat(tree.run().err().lines().filter(line -> line.startsWith("sluice: ")).skip(1)).startsWith(
                "sluice: preparing, downloading (0 files so far)",
                "sluice: 2 of 8: Sluice config",
                "sluice: 2 of 8: Sluice config, downloading (25 files so far)",
                "sluice: 2 of 8: Sluice config, downloading (50 files so far)",
                "sluice: 2 of 8: Sluice config, compiling",
                "sluice: 2 of 8: Sluice config, compiling its tests",
                "sluice: 6 of 8: Sluice executor: dispatcher");
    }

    @Test
    void whatConcernsARunningNodeUsesTheBuildThereIs() throws Exception {
        tree.jdk("jvm/jdk-25", "25.0.3");
        assertThat(tree.run("status").built()).isTrue();
        LauncherTree.edit(tree.source("gateway"));
        tree.maven("exit 1");
        for (String command : List.of("status", "stop", "version", "help")) {
            Run run = tree.run(command);
            assertThat(run.built()).isFalse();
            assertThat(run.out()).endsWith(command);
        }
        assertThat(tree.run("start").built()).isTrue();
    }

    @Test
    void itWorksThroughALinkAndFromAnotherFolder() throws Exception {
        tree.jdk("jvm/jdk-25", "25.0.3");
        Path away = Files.createDirectory(base.toRealPath().resolve("away"));
        Path link = Files.createSymbolicLink(away.resolve("sl"), Path.of("..", "a checkout", "sluice"));
        Run run = tree.run(away, link, "start", "--config", "my file");
        assertThat(run.out().get(2)).as("working directory").isEqualTo(away.toString());
        assertThat(run.out()).endsWith("dev.sluice.gateway.cli.Sluice", "start", "--config", "my file");
        assertThat(String.join(" ", run.out()))
                .contains(tree.checkout + "/gateway/target/sluice-x.jar:" + tree.checkout + "/gateway/target/lib/*");
    }

    @Test
    void itBecomesTheJavaProcessSoThatSignalsReachIt() throws Exception {
        tree.jdk("jvm/jdk-25", "25.0.3");
        Run run = tree.run();
        assertThat(run.out().get(1)).isEqualTo(Long.toString(run.pid()));
    }

    @Test
    void benchmarksRunOnTheirOwnClassPathAndOptionsAreAdded() throws Exception {
        tree.jdk("jvm/jdk-25", "25.0.3");
        tree.environment.put("SLUICE_JAVA_OPTS", "-Xmx2g -Da=b");
        Run run = tree.run("bench", "ingress", "--fast");
        assertThat(run.out()).endsWith("dev.sluice.benchmarks.Benchmarks", "ingress", "--fast");
        assertThat(run.out()).containsSubsequence("-Xmx1g", "-Xmx2g", "-Da=b");
        assertThat(String.join(" ", run.out())).contains("/benchmarks/target/lib/*");
    }

    @Test
    void nodesAndBenchmarksGetTheVectorModuleIfTheJdkHasIt() throws Exception {
        tree.jdk("jvm/jdk-25", "25.0.3", "java.base jdk.incubator.vector java.sql");
        for (String command : List.of("start", "worker", "bench")) {
            assertThat(tree.run(command).out()).containsSubsequence("--add-modules", "jdk.incubator.vector", "-cp");
        }
        assertThat(tree.run("version").out()).doesNotContain("--add-modules");
        tree.jdk("jvm/jdk-25", "26", "java.base java.sql");
        assertThat(tree.run("start").out()).contains("-cp").doesNotContain("--add-modules");
    }
}
