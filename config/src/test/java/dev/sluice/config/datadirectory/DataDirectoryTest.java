package dev.sluice.config.datadirectory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DataDirectoryTest {
    @TempDir
    private Path folder;

    @Test
    void aNewDirectoryIsReadByItsOwnerOnly() throws Exception {
        Path wanted = folder.resolve("a/b");
        try (DataDirectory directory = DataDirectory.open(wanted)) {
            assertThat(directory.path()).isEqualTo(wanted.toRealPath());
            assertThat(Files.getPosixFilePermissions(wanted)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void itHasOneOwnerAtATimeUnderWhateverName() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("real")));
        try (DataDirectory owned = DataDirectory.open(link)) {
            assertThatExceptionOfType(DataDirectoryException.InUse.class)
                    .isThrownBy(() -> DataDirectory.open(folder.resolve("real")))
                    .withMessageContaining(owned.path().toString());
        }
        DataDirectory.open(link).close();
    }

    @Test
    void aFileInItsPlaceIsNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatExceptionOfType(DataDirectoryException.Unusable.class)
                .isThrownBy(() -> DataDirectory.open(file))
                .withMessageContaining("data directory " + file + " cannot be used");
    }
}
