package dev.sluice.gateway.cli;

import dev.sluice.config.datadirectory.DataDirectory;
import dev.sluice.config.datadirectory.DataDirectoryException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;

/** Keeps this process's record in the data directory from its start to its end. */
final class NodeRecordFile implements AutoCloseable {
    private final Path file;
    private final NodeRecord starting;

    private NodeRecordFile(Path file, NodeRecord starting) {
        this.file = file;
        this.starting = starting;
    }

    static NodeRecordFile create(DataDirectory directory, Duration drainGrace) throws DataDirectoryException {
        NodeRecordFile record =
                new NodeRecordFile(directory.path().resolve(NodeRecord.FILE), NodeRecord.ofThisProcess(drainGrace));
        record.write(record.starting);
        return record;
    }

    /** Says that the node has started up. */
    void ready(Optional<String> url) throws DataDirectoryException {
        write(new NodeRecord(starting.pid(), starting.started(), true, starting.drainGrace(), url));
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // Readers check that the process lives, so a record left behind misleads nobody.
        }
    }

    private void write(NodeRecord record) throws DataDirectoryException {
        Path partial = file.resolveSibling(NodeRecord.FILE + ".partial");
        try {
            Files.writeString(partial, record.text());
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new DataDirectoryException.Unusable(file.resolveSibling(""), e);
        }
    }
}
