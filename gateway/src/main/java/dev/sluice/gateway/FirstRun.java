package dev.sluice.gateway;

import dev.sluice.config.definition.ApiKey;
import dev.sluice.config.definition.OrganizationStore;
import dev.sluice.config.definition.OrganizationStore.NewKey;
import dev.sluice.config.id.Uuid7;
import dev.sluice.gateway.api.Secrets;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/**
 * Creates the first organization. Its keys are written to {@code first-run.json} before they are stored, so that a
 * crash in between loses nothing: the next start stores the keys of the file.
 */
final class FirstRun {
    private static final String FILE = "first-run.json";
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;
    private final OrganizationStore organizations;
    private final Uuid7 ids;

    FirstRun(Path dataDirectory, OrganizationStore organizations, Uuid7 ids) {
        this.file = dataDirectory.resolve(FILE);
        this.organizations = organizations;
        this.ids = ids;
    }

    /** Makes sure that there is an organization. */
    void ensureOrganization() throws IOException {
        if (!organizations.isEmpty().await()) {
            return;
        }
        JsonObject credentials = read();
        if (credentials == null) {
            credentials = new JsonObject()
                    .put("url", "")
                    .put("organizationId", ids.next().toString())
                    .put("liveKey", Secrets.random("fsk_live_"))
                    .put("testKey", Secrets.random("fsk_test_"));
            write(credentials);
        }
        UUID id = UUID.fromString(credentials.getString("organizationId"));
        try {
            organizations.create(id, "default", "Default organization", "unlimited",
                    new NewKey(ids.next(), ApiKey.Mode.LIVE, credentials.getString("liveKey")),
                    new NewKey(ids.next(), ApiKey.Mode.TEST, credentials.getString("testKey"))).await();
        } catch (RuntimeException e) {
            giveWay(id, e);
        }
    }

    /** Of nodes that start together on an empty database one is first; the others' credentials would open nothing. */
    private void giveWay(UUID id, RuntimeException failure) throws IOException {
        if (organizations.isEmpty().await()) {
            throw failure;
        }
        if (!organizations.exists(id).await()) {
            Files.delete(file);
        }
    }

    /**
     * The credentials of this data directory when its node can be reached.
     *
     * @param first whether no earlier start came so far
     */
    record Reached(JsonObject credentials, boolean first) {}

    /** Notes where this node is reached; answers null if this data directory never had credentials. */
    @Nullable Reached reachedAt(String url) throws IOException {
        JsonObject credentials = read();
        if (credentials == null) {
            return null;
        }
        String before = credentials.getString("url");
        if (!url.equals(before)) {
            write(credentials.put("url", url));
        }
        return new Reached(credentials, before.isEmpty());
    }

    Path file() {
        return file;
    }

    private @Nullable JsonObject read() throws IOException {
        return Files.exists(file) ? new JsonObject(Files.readString(file)) : null;
    }

    private void write(JsonObject credentials) throws IOException {
        Path next = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(next);
        Files.createFile(next, OWNER_ONLY);
        Files.writeString(next, credentials.encodePrettily() + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
