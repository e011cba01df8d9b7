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
        assertThat(first.err()).contains("building with Maven", "-DskipTests package with JAVA_HOME=" + jdk);
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
        tree.failingMaven();
        Run run = tree.run();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("broken", "the build failed");
        assertThat(run.out()).isEmpty();
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
