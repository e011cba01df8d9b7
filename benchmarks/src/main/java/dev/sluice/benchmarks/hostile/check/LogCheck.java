package dev.sluice.benchmarks.hostile.check;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The log has no line at error, and no failure that nobody caught. */
public final class LogCheck implements Check {
    private static final Pattern ERROR = Pattern.compile("^\\S+ ERROR .*|^Exception in thread .*|^java\\.lang\\.OutOfMemoryError.*|.*A fatal error has been detected.*");
    private static final Pattern LINE = Pattern.compile("^[0-9]{4}-\\S+ [A-Z]+ .*");
    private static final int MAX_BYTES = 16 << 20;

    private final Path log;
    private long read;

    /** A check of what is in the log from here on. */
    public LogCheck(Path log) {
        this.log = log;
    }

    @Override
    public void check(Batch batch, Findings findings) throws IOException {
        List<String> lines = news().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (ERROR.matcher(lines.get(i)).matches()) {
                String cause = i + 1 < lines.size() && !LINE.matcher(lines.get(i + 1)).matches() ? lines.get(i + 1) : "";
                findings.add(Invariant.LOG, withoutTime(lines.get(i)) + " " + withoutMessage(cause), cause, "batch " + batch.number());
            }
        }
    }

    /** The whole lines that were added since the last time. */
    private String news() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.min(MAX_BYTES, file.length() - read)];
            file.seek(read);
            file.readFully(bytes);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            read += end;
            ByteArrayOutputStream lines = new ByteArrayOutputStream(end);
            lines.write(bytes, 0, end);
            return lines.toString(StandardCharsets.UTF_8);
        }
    }

    private static String withoutMessage(String exception) {
        int colon = exception.indexOf(':');
        return colon < 0 ? exception : exception.substring(0, colon);
    }

    private static String withoutTime(String line) {
        int space = line.indexOf(" ERROR ");
        return space < 0 ? line : line.substring(space + 1);
    }
}
