package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.ast.IpAddress;
import dev.sluice.gateway.filter.json.DecimalSlice;
import dev.sluice.gateway.filter.json.Strings;
import dev.sluice.gateway.filter.json.Utf8;

import java.util.Arrays;

/**
 * The part of an event that the filters look at: a tree of cells in one int array, each a value with the slice of
 * bytes it was written in. Cell 0 is "missing". Arrays inside arrays are flattened into the outermost.
 *
 * <p>Reused from event to event. What must be forgotten between events is stamped with a number that grows, so that
 * nothing has to be cleared.
 */
final class Tape {
    static final int STRIDE = 8;
    private static final int NODE = 0;
    private static final int KIND = 1;
    private static final int START = 2;
    private static final int END = 3;
    private static final int FIRST = 4;
    private static final int NEXT = 5;
    private static final int LAST = 6;
    private static final int COUNT = 7;

    private static final int KIND_MASK = 0x0f;
    private static final int SIDE = 0x10;
    private static final int REPLACED = 0x20;
    private static final int IN_ELEMENT = 0x40;
    private static final int ASCII = 0x80;
    private static final int OLDEST_EPOCH = 1;
    private static final int FEW = 64 * STRIDE;
    /** A tape that has grown beyond this is not kept after the event that needed it. */
    private static final int MANY = (1 << 16) * STRIDE;
    /** Bounds the memory of an event: 32 MiB, whatever the body, or 64 when a run of members goes beyond. */
    private static final int MOST = (1 << 20) * STRIDE;
    private static final int MOST_PAIRS = 1_000_000;
    /** About half a second of an event loop, were each step taken. */
    private static final long MOST_STEPS = 100_000_000;

    /** Room for the numbers of a comparison. */
    final DecimalSlice left = new DecimalSlice();
    final DecimalSlice right = new DecimalSlice();
    /** Room for the address of a comparison. */
    final byte[] address = new byte[IpAddress.BYTES];

    private int[] cells = new int[FEW];
    private int size = STRIDE;
    private int body;
    private int pairs;
    private long steps;
    private byte[] text = new byte[0];
    private byte[] side = new byte[256];
    private int sideSize;
    private byte[] folded = new byte[256];
    private boolean duplicates;

    // By node: the object it was last seen in (as a stamp) above the cell it has there, and the last object at the node itself.
    private long[] seen = new long[16];
    private int[] lastObject = new int[16];
    private int epoch = OLDEST_EPOCH;

    /** Forgets the last event and takes the next one's text, for a plan with this many nodes. */
    void reset(byte[] body, int nodes) {
        text = body;
        sideSize = 0;
        duplicates = false;
        epoch += size;
        size = STRIDE;
        pairs = MOST_PAIRS;
        steps = MOST_STEPS;
        if (cells.length > MANY) {
            cells = new int[FEW];
        }
        if (seen.length < nodes) {
            seen = Arrays.copyOf(seen, nodes + nodes / 2);
            lastObject = Arrays.copyOf(lastObject, nodes + nodes / 2);
        }
        if (epoch > Integer.MAX_VALUE / 2) {
            Arrays.fill(seen, 0);
            Arrays.fill(lastObject, 0);
            epoch = OLDEST_EPOCH;
        }
    }

    /** Whether no further value shall be noted, but for those of the members being passed. */
    boolean isFull() {
        return size >= MOST;
    }

    /** Counts a comparison of two values of the event; false when there have been too many for one event. */
    boolean mayCompare() {
        if (pairs == 0) {
            return false;
        }
        pairs--;
        return true;
    }

    /** Counts what an expression can take for a text at most; false when that is too much for one event. */
    boolean mayTake(long most) {
        steps = most >= steps ? 0 : steps - most;
        return steps > 0;
    }

    /** The same for looking for a part of a length in a text, which is compared at each place in the worst case. */
    boolean maySearch(int cell, long length) {
        return mayTake(((end(cell) - start(cell)) * (16 + length)) >> 8);
    }

    /** Says that the next value noted is the root of the body. */
    void bodyFollows() {
        body = size;
    }

    /** The root of the body. */
    int body() {
        return body;
    }

    /** Notes a value and hangs it under its object or array (0 for a root). */
    int add(int parent, int node, int kind, int start, int end) {
        int cell = put(node, kind, start, end);
        cells[cell + LAST] = 0;
        cells[cell + COUNT] = 0;
        if (kind == Kind.OBJECT) {
            lastObject[node] = epoch + cell;
        }
        if (parent == 0) {
            return cell;
        }
        if (kind(parent) == Kind.OBJECT) {
            hang(parent, cell, node);
        } else {
            append(parent, cell);
        }
        return cell;
    }

    /** Notes a value that is neither object nor array and hangs it under its object. */
    void addMember(int object, int node, int kind, int start, int end) {
        hang(object, put(node, kind, start, end), node);
    }

    /** Does this with a string of ASCII without escapes. */
    void addAsciiMember(int object, int node, int start, int end) {
        addMember(object, node, Kind.STRING | ASCII, start, end);
    }

    private int put(int node, int kind, int start, int end) {
        int cell = size;
        if (cell + STRIDE > cells.length) {
            cells = Arrays.copyOf(cells, 2 * cells.length);
        }
        size = cell + STRIDE;
        cells[cell + NODE] = node;
        cells[cell + KIND] = kind;
        cells[cell + START] = start;
        cells[cell + END] = end;
        cells[cell + FIRST] = 0;
        cells[cell + NEXT] = 0;
        return cell;
    }

    private void hang(int object, int cell, int node) {
        cells[cell + KIND] |= cells[object + KIND] & IN_ELEMENT;
        int stamp = epoch + object;
        long before = seen[node];
        if ((int) (before >>> Integer.SIZE) == stamp) {
            cells[(int) before + KIND] |= REPLACED; // the last of several members of one name wins
            duplicates = true;
        }
        seen[node] = (long) stamp << Integer.SIZE | cell;
        cells[cell + NEXT] = cells[object + FIRST];
        cells[object + FIRST] = cell;
    }

    private void append(int array, int cell) {
        // An array inside is one with this, so that what an element has in it is an object's.
        cells[cell + KIND] |= (cells[array + KIND] & IN_ELEMENT) | (kind(cell) == Kind.OBJECT ? IN_ELEMENT : 0);
        int last = cells[array + LAST];
        cells[last == 0 ? array + FIRST : last + NEXT] = cell;
        cells[array + LAST] = cell;
    }

    /** Notes a string of the body, its escapes resolved. */
    int addString(int parent, int node, int start, int end) {
        if (Strings.isPlain(text, start, end)) {
            return add(parent, node, Kind.STRING | ASCII, start, end);
        }
        if (!Strings.escaped(text, start, end)) {
            return add(parent, node, Kind.STRING, start, end);
        }
        int from = room(end - start);
        sideSize = Strings.unescape(text, start, end, side, from);
        return add(parent, node, Kind.STRING | SIDE, from, sideSize);
    }

    /** Notes a string that does not come from the body. */
    int addString(int parent, int node, CharSequence value) {
        int from = room(3 * value.length());
        sideSize = Utf8.encode(value, side, from);
        boolean ascii = sideSize - from == value.length();
        return add(parent, node, Kind.STRING | SIDE | (ascii ? ASCII : 0), from, sideSize);
    }

    private int room(int bytes) {
        if (side.length - sideSize < bytes) {
            side = Arrays.copyOf(side, 2 * side.length + bytes);
        }
        return sideSize;
    }

    /** Sets the index after a value that was noted before its end was known. */
    void end(int cell, int end) {
        cells[cell + END] = end;
    }

    /** Counts members or elements of a value. */
    void count(int cell, int more) {
        cells[cell + COUNT] += more;
    }

    /** The member of an object that belongs to a node, or 0. */
    int child(int object, int node) {
        long last = seen[node];
        if ((int) (last >>> Integer.SIZE) == epoch + object) {
            return (int) last;
        }
        if (lastObject[node(object)] == epoch + object) {
            return 0;
        }
        // An element of an array, with others after it: its stamps are overwritten.
        for (int cell = cells[object + FIRST]; cell != 0; cell = cells[cell + NEXT]) {
            if (cells[cell + NODE] == node && (cells[cell + KIND] & REPLACED) == 0) {
                return cell;
            }
        }
        return 0;
    }

    /** The last member of an object that was noted at a node, or 0. */
    int last(int node) {
        long last = seen[node];
        return (int) (last >>> Integer.SIZE) >= epoch ? (int) last : 0;
    }

    int first(int cell) {
        return cells[cell + FIRST];
    }

    int next(int cell) {
        return cells[cell + NEXT];
    }

    int kind(int cell) {
        return cells[cell + KIND] & KIND_MASK;
    }

    int node(int cell) {
        return cells[cell + NODE];
    }

    /** Number of members or elements, as they are written, without flattening. */
    int elements(int cell) {
        return cells[cell + COUNT];
    }

    boolean replaced(int cell) {
        return (cells[cell + KIND] & REPLACED) != 0;
    }

    /** Whether a string is known to be of ASCII only. */
    boolean isAscii(int cell) {
        return (cells[cell + KIND] & ASCII) != 0;
    }

    /** Whether a value is within an object that is an element of an array. */
    boolean isInElement(int cell) {
        return (cells[cell + KIND] & IN_ELEMENT) != 0;
    }

    /** Whether some object has two members of one name, so that a noted value may not be a valid one. */
    boolean duplicates() {
        return duplicates;
    }

    /** The bytes that {@link #start} and {@link #end} are indices of. */
    byte[] bytes(int cell) {
        return (cells[cell + KIND] & SIDE) != 0 ? side : text;
    }

    /** Folds the case of a string into {@link #folded} and returns the length there. */
    int fold(int cell) {
        int length = end(cell) - start(cell);
        if (folded.length < 3 * length + Long.BYTES) {
            folded = new byte[4 * length + Long.BYTES];
        }
        return Folding.fold(bytes(cell), start(cell), end(cell), folded);
    }

    byte[] folded() {
        return folded;
    }

    int start(int cell) {
        return cells[cell + START];
    }

    int end(int cell) {
        return cells[cell + END];
    }

    /** A value as it is written, cut at so many bytes; a string with its quotes. */
    String excerpt(int cell, int longest) {
        byte[] bytes = bytes(cell);
        int start = start(cell);
        int end = Math.min(end(cell), start + longest);
        while (end < end(cell) && end > start && (bytes[end] & 0xc0) == 0x80) {
            end--; // not in the middle of a character
        }
        String text = Utf8.text(bytes, start, end) + (end < end(cell) ? "…" : "");
        return kind(cell) == Kind.STRING ? '"' + text + '"' : text;
    }

    /** Index after the last cell; cells start at {@link #STRIDE} and are {@link #STRIDE} apart. */
    int size() {
        return size;
    }
}
