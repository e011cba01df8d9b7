package dev.sluice.executor.sandbox.protocol;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class TurnBoardTest {
    @Test
    void showsTheOtherSideWhatIsHeldEvenWhenTheFileIsGone(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("board");
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        TurnBoard dispatcher = TurnBoard.create(file, TurnBoard.slots(2));
        TurnBoard sandbox = TurnBoard.open(file);
        Files.delete(file);

        sandbox.hold(0, first);
        sandbox.hold(sandbox.slots() - 1, second);
        assertThat(dispatcher.holds(first)).isTrue();
        assertThat(dispatcher.holds(second)).isTrue();
        assertThat(dispatcher.holds(UUID.randomUUID())).isFalse();
        sandbox.release(0);
        assertThat(dispatcher.holds(first)).isFalse();
        assertThat(dispatcher.holds(second)).isTrue();
    }
}
