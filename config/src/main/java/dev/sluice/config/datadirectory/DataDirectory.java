package dev.sluice.config.datadirectory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A data directory that this process owns until it closes it.
 *
 * <p>The lock belongs to the process, not to a file's content: the kernel releases it however the process ends, and
 * child processes do not inherit it, so servers orphaned by a {@code kill -9} do not keep the next start out.
 */
public final class DataDirectory implements AutoCloseable {
    private static final String LOCK_FILE = "sluice.lock";

    private final Path path;
    private final FileChannel lockChannel;

    private DataDirectory(Path path, FileChannel lockChannel) {
        this.path = path;
        this.lockChannel = lockChannel;
    }

    /**
     * Creates the directory if it is missing, readable by its owner only, and takes it for this process.
     *
     * @throws DataDirectoryException.InUse if another process, or another part of this one, owns it
     * @throws DataDirectoryException.Unusable if it cannot be created or written
     */
    public static DataDirectory open(Path directory) throws DataDirectoryException {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            Path real = directory.toRealPath();
            return new DataDirectory(real, lock(real));
        } catch (IOException e) {
            throw new DataDirectoryException.Unusable(directory.toAbsolutePath(), e);
        }
    }

    /** The real, absolute path. */
    public Path path() {
        return path;
    }

    /** Gives the directory up. */
    @Override
    public void close() {
        try {
            lockChannel.close();
        } catch (IOException e) {
            // The kernel drops the lock with the descriptor, whatever close reports.
        }
    }

    private static FileChannel lock(Path directory) throws IOException, DataDirectoryException {
        FileChannel channel = FileChannel.open(
                directory.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Held elsewhere in this process: refused below like any other owner.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new DataDirectoryException.InUse(directory);
    }
}
