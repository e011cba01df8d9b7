package dev.sluice.config.settings;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SettingsTest {
    private static final Pattern VARIABLE = Pattern.compile("\\bSLUICE_[A-Z_]+");

    @TempDir
    private Path folder;

    @Test
    void defaultsAreComplete() throws SettingsException {
        Settings settings = Settings.load(null, Map.of("PATH", "/bin"));
        assertThat(settings.http()).isEqualTo(new HttpSettings("127.0.0.1", 8080, 1 << 20, 64L << 20,
                10_000, Duration.ofSeconds(10), Duration.ofSeconds(20)));
        assertThat(settings.dataDir()).isEqualTo(Path.of("./data"));
        assertThat(settings.postgres().embedded()).isTrue();
        assertThat(settings.redis().embedded()).isTrue();
        assertThat(settings.sandbox()).isEqualTo(
                new SandboxSettings(1, 512L << 20, SandboxSettings.Contexts.WARM, 128));
        assertThat(settings.executor()).isEqualTo(
                new ExecutorSettings(Duration.ofSeconds(10), Duration.ofSeconds(15)));
        assertThat(settings.log().level()).isEqualTo(LogSettings.Level.INFO);
    }

    @Test
    void theDefaultsFileNamesEveryKeyOnceAndNoOther() {
        assertThat(Defaults.load().names())
                .containsExactlyElementsOf(SettingKeys.ALL.stream().map(SettingKey::name).toList());
        assertThat(SettingsReference.entries()).allSatisfy(entry -> assertThat(entry.meaning()).isNotBlank());
    }

    @Test
    void theEnvironmentWinsOverTheFileAndTheFileOverTheDefaults() throws Exception {
        Path file = file("http.port = 9000", "http.body-limit=2MiB  ", "# a comment", "log.level: debug");
        Settings settings = Settings.load(file, Map.of("SLUICE_HTTP_PORT", "9001"));
        assertThat(settings.http().port()).isEqualTo(9001);
        assertThat(settings.http().bodyLimit()).isEqualTo(2 << 20);
        assertThat(settings.log().level()).isEqualTo(LogSettings.Level.DEBUG);
    }

    @Test
    void theLargestBodyFitsTheMemoryForBodies() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Settings.load(null, Map.of(
                        "SLUICE_HTTP_BODY_LIMIT", "32MiB", "SLUICE_HTTP_MAX_BODY_BYTES", "16MiB")))
                .withMessageContaining("http.max-body-bytes").withMessageContaining("at least http.body-limit");
    }

    @Test
    void serversOfOnesOwnReplaceTheEmbeddedOnes() throws Exception {
        Settings settings = Settings.load(null, Map.of(
                "SLUICE_POSTGRES_URI", "postgresql://me:pw@db.example:5432/sluice",
                "SLUICE_REDIS_URIS", "redis://:pw@a:6379, rediss://:pw@b:6379"));
        assertThat(settings.postgres().embedded()).isFalse();
        assertThat(settings.redis().uris()).containsExactly("redis://:pw@a:6379", "rediss://:pw@b:6379");
    }

    @Test
    void printedSettingsHoldNoPassword() throws Exception {
        Settings settings = Settings.load(null, Map.of(
                "SLUICE_POSTGRES_URI", "postgresql://me:hunter2@db.example:5432/sluice?password=hunter2",
                "SLUICE_REDIS_URIS", "redis://:hunter2@a:6379,redis://:hunter2@b:6379"));
        assertThat(settings.toString()).doesNotContain("hunter2").contains("db.example:5432", "***@a:6379");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http.port               | 99999            | a whole number from 0 to 65535
            http.port               | http             | a whole number from 0 to 65535
            http.host               | a b              | a host name or an IP address
            http.body-limit         | 1048576          | a size from 1KiB to 64MiB, such as 1MiB
            http.body-limit         | 1GiB             | a size from 1KiB to 64MiB, such as 1MiB
            data-dir                | ''               | a path
            postgres.uri            | jdbc:postgresql: | postgresql://USER:PASSWORD@HOST:PORT/DATABASE, or nothing
            postgres.uri            | postgresql://h   | postgresql://USER:PASSWORD@HOST:PORT/DATABASE, or nothing
            redis.uris              | redis://a,,      | redis://:PASSWORD@HOST:PORT
            sandbox.processes       | 65               | a whole number from 0 to 64
            sandbox.contexts        | Warm             | one of warm, fresh
            executor.drain-grace    | 10               | a duration from 0s to 1h, such as 15s or 5m
            executor.lease-timeout  | 5 days           | a duration from 1s to 10m, such as 15s or 5m
            quota.on-redis-failure  | never            | one of local, open, closed
            log.level               | verbose          | one of error, warn, info, debug, trace
            """)
    void aBadValueNamesKeyValueOriginAndWhatIsAllowed(String key, String value, String allowed) throws IOException {
        Path file = file(key + "=" + value);
        assertThat(problemsOf(file, Map.of())).singleElement().satisfies(problem -> {
            assertThat(problem).isInstanceOf(SettingProblem.BadValue.class);
            assertThat(problem.message())
                    .startsWith(key + " has the value \"" + value + "\"")
                    .contains("in file " + file)
                    .contains("allowed is " + allowed);
        });
    }

    @Test
    void aBadVariableIsNamedAsTheVariable() {
        assertThat(problemsOf(null, Map.of("SLUICE_HTTP_PORT", "x"))).singleElement().satisfies(problem ->
                assertThat(problem.message()).contains("http.port", "\"x\"", "the environment, SLUICE_HTTP_PORT"));
    }

    @Test
    void aMisspelledKeyIsRefusedWithTheOneThatWasMeant() throws IOException {
        Path file = file("http.prot=80", "nothing.of-the-kind=1");
        assertThat(problemsOf(file, Map.of("SLUICE_HTTP_POTR", "80"))).extracting(SettingProblem::message)
                .anySatisfy(message -> assertThat(message).contains("http.prot", "did you mean http.port?"))
                .anySatisfy(message -> assertThat(message)
                        .contains("SLUICE_HTTP_POTR", "\"80\"", "did you mean SLUICE_HTTP_PORT?"))
                .anySatisfy(message -> assertThat(message)
                        .isEqualTo("unknown setting nothing.of-the-kind (value \"1\", in file " + file + ")"))
                .hasSize(3);
    }

    @Test
    void everyProblemIsReportedAtOnce() throws IOException {
        Path file = file("http.port=-1", "sandbox.heap=1MiB", "http.prot=1");
        SettingsException refused = catchThrowableOfType(SettingsException.class,
                () -> Settings.load(file, Map.of("SLUICE_LOG_LEVEL", "loud")));
        assertThat(refused.problems()).hasSize(4);
        assertThat(refused.getMessage().lines()).hasSize(4);
        assertThat(refused.getStackTrace()).isEmpty();
    }

    @Test
    void allSettingsAreListedOnceHoweverManyKeysResembleNone() throws IOException {
        Path file = file("nothing.of-the-kind=1", "another.strange-one=2");
        SettingsException refused = catchThrowableOfType(SettingsException.class,
                () -> Settings.load(file, Map.of("SLUICE_FOO", "1", "SLUICE_BAR", "1")));
        assertThat(refused.getMessage().lines()).hasSize(5);
        assertThat(refused.getMessage().lines().toList().getLast())
                .startsWith("settings are data-dir, executor.drain-grace").contains("SLUICE_HTTP_PORT");
        assertThat(refused.getMessage()).containsOnlyOnce("quota.on-redis-failure");
    }

    @Test
    void theDataDirectoryCanBeHadThoughOtherSettingsAreWrong() throws Exception {
        List<SettingProblem> ignored = new ArrayList<>();
        Settings settings = Settings.loadForDataDirectory(file("http.port=x", "data-dir=/d", "executor.drain-grace=5s"),
                Map.of("SLUICE_FOO", "1"), ignored::add);
        assertThat(settings.dataDir()).isEqualTo(Path.of("/d"));
        assertThat(settings.executor().drainGrace()).isEqualTo(Duration.ofSeconds(5));
        assertThat(ignored).hasSize(2);
        for (String unusable : List.of("data-dir=", "data-dir=/d\ndata-dir=/e", "\\u12")) {
            Path file = file(unusable);
            assertThatExceptionOfType(SettingsException.class).as(unusable)
                    .isThrownBy(() -> Settings.loadForDataDirectory(file, Map.of("SLUICE_FOO", "1"), ignored::add))
                    .satisfies(refused -> assertThat(refused.problems()).hasSize(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SLUICE_POSTGRES_URI=postgres://me:hunter2@h",
        "SLUICE_POSTGRES_URI=me:hunter2@h/db",
        "SLUICE_POSTGRES_URI=jdbc:postgresql://h/db?password=hunter2",
        "SLUICE_REDIS_URIS=redis://a,http://:hunter2@b",
        "SLUICE_REDIS_URIS=redis://:hunter2@/x@b c",
        "SLUICE_POSTGRES_URL=postgresql://me:hunter2@h/db",
        "SLUICE_POSTGRES_PASSWORD=hunter2",
        "SLUICE_POSTGRES_URI=host=h password=hunter2",
    })
    void noMessageHoldsAPassword(String assignment) {
        String[] variable = assignment.split("=", 2);
        assertThat(problemsOf(null, Map.of(variable[0], variable[1]))).singleElement().satisfies(problem ->
                assertThat(problem.message()).doesNotContain("hunter2").contains("***"));
    }

    @Test
    void aFileThatCannotBeUsedIsNamed() throws IOException {
        assertThat(onlyMessage(folder.resolve("missing"))).contains("missing", "does not exist");
        assertThat(onlyMessage(folder)).contains("cannot be read");
        Path latin = Files.write(folder.resolve("latin"), "data-dir=\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(onlyMessage(latin)).contains("is not UTF-8");
        assertThat(onlyMessage(file("data-dir=\\u12"))).contains("is not a properties file");
        assertThat(onlyMessage(file("http.port=1", "http.port=2"))).contains("http.port is set more than once");
    }

    @Test
    void variablesOfTheLauncherAndOfClientsAreLeftToThem() throws SettingsException {
        assertThat(Settings.load(null, Map.of(
                "SLUICE_JAVA_OPTS", "-Xmx1g", "SLUICE_URL", "http://127.0.0.1:8080", "SLUICE_KEY", "fsk_live_x")))
                .isEqualTo(Settings.load(null, Map.of()));
    }

    /** Otherwise a reader who does as told is refused. */
    @Test
    void everyVariableThatTheDocumentationNamesIsKnown() throws IOException {
        Set<String> known = SettingKeys.ALL.stream().map(SettingKey::environmentVariable).collect(Collectors.toSet());
        known.addAll(Sources.NOT_SETTINGS);
        List<Path> documents = new ArrayList<>(List.of(Path.of("..", "README.md"), Path.of("..", "sluice")));
        try (Stream<Path> docs = Files.walk(Path.of("..", "docs"))) {
            docs.filter(Files::isRegularFile).forEach(documents::add);
        }
        for (Path document : documents) {
            assertThat(VARIABLE.matcher(Files.readString(document)).results().map(MatchResult::group))
                    .as("variables in %s", document).isSubsetOf(known);
        }
    }

    @Test
    void aDocumentWithoutMarkersIsRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> SettingsReference.updated("no markers"));
    }

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("sluice.properties"), Arrays.asList(lines));
    }

    private static String onlyMessage(Path file) {
        List<SettingProblem> problems = problemsOf(file, Map.of());
        assertThat(problems).hasSize(1);
        return problems.getFirst().message();
    }

    private static List<SettingProblem> problemsOf(
            @Nullable Path file, Map<String, String> environment) {
        SettingsException refused =
                catchThrowableOfType(SettingsException.class, () -> Settings.load(file, environment));
        assertThat(refused).as("the settings are refused").isNotNull();
        return refused.problems();
    }
}
