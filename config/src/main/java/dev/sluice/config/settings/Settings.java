package dev.sluice.config.settings;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * All settings of a node, checked.
 *
 * @param dataDir directory of everything that outlives the process, as the operator wrote it
 */
public record Settings(
        HttpSettings http,
        Path dataDir,
        PostgresSettings postgres,
        RedisSettings redis,
        SandboxSettings sandbox,
        ExecutorSettings executor,
        JournalSettings journal,
        QuotaSettings quota,
        LogSettings log) {

    /**
     * Reads defaults, file and environment, the later winning.
     *
     * @param file a properties file in UTF-8, or null for none
     * @param environment variables; those that do not begin with {@code SLUICE_} are ignored, and so are a client's
     * @throws SettingsException with every problem found, not only the first
     */
    public static Settings load(@Nullable Path file, Map<String, String> environment) throws SettingsException {
        return load(file, environment, problem -> true, problem -> {});
    }

    /**
     * Reads them for what needs only {@code data-dir} to be right, such as a question about the node that runs there.
     * Defaults stand in for others that are wrong.
     *
     * @param ignored is told of each problem that does not matter
     * @throws SettingsException with every problem that does
     */
    public static Settings loadForDataDirectory(
            @Nullable Path file, Map<String, String> environment, Consumer<SettingProblem> ignored)
            throws SettingsException {
        return load(file, environment, problem -> problem.concerns(SettingKeys.DATA_DIR.name()), ignored);
    }

    private static Settings load(@Nullable Path file, Map<String, String> environment,
            Predicate<SettingProblem> matters, Consumer<SettingProblem> ignored) throws SettingsException {
        Sources sources = Sources.read(file, environment);
        SettingValues values = new SettingValues(sources);
        Settings settings = new Settings(
                new HttpSettings(
                        values.get(SettingKeys.HTTP_HOST),
                        values.get(SettingKeys.HTTP_PORT),
                        Math.toIntExact(values.get(SettingKeys.HTTP_BODY_LIMIT)),
                        values.get(SettingKeys.HTTP_MAX_BODY_BYTES),
                        values.get(SettingKeys.HTTP_MAX_CONNECTIONS),
                        values.get(SettingKeys.HTTP_HEADER_TIMEOUT),
                        values.get(SettingKeys.HTTP_BODY_TIMEOUT)),
                values.get(SettingKeys.DATA_DIR),
                new PostgresSettings(values.get(SettingKeys.POSTGRES_URI)),
                new RedisSettings(values.get(SettingKeys.REDIS_URIS)),
                new SandboxSettings(
                        values.get(SettingKeys.SANDBOX_PROCESSES),
                        values.get(SettingKeys.SANDBOX_HEAP),
                        values.get(SettingKeys.SANDBOX_CONTEXTS),
                        values.get(SettingKeys.SANDBOX_MAX_CONCURRENT)),
                new ExecutorSettings(
                        values.get(SettingKeys.EXECUTOR_DRAIN_GRACE), values.get(SettingKeys.EXECUTOR_LEASE_TIMEOUT)),
                new JournalSettings(
                        values.get(SettingKeys.JOURNAL_MAX_PENDING),
                        values.get(SettingKeys.JOURNAL_MAX_PENDING_BYTES),
                        values.get(SettingKeys.JOURNAL_RETENTION),
                        values.get(SettingKeys.JOURNAL_DEDUPLICATION_WINDOW)),
                new QuotaSettings(values.get(SettingKeys.QUOTA_ON_REDIS_FAILURE)),
                new LogSettings(values.get(SettingKeys.LOG_LEVEL)));
        if (settings.http().maxBodyBytes() < settings.http().bodyLimit()) {
            values.conflict(SettingKeys.HTTP_MAX_BODY_BYTES, "at least http.body-limit");
        }
        values.throwProblems(matters, ignored);
        return settings;
    }
}
