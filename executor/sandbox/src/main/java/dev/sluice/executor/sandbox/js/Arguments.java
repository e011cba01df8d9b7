package dev.sluice.executor.sandbox.js;

import org.graalvm.polyglot.Value;

/** Arguments of one call of the host, believed in nothing: they come from a realm that its tenant may have broken. */
@SuppressWarnings("ArrayRecordComponent") // as the engine hands them over, never compared
record Arguments(Value... values) {
    /** An argument is not what it must be. */
    static final class UnfitException extends Exception {
        private static final long serialVersionUID = 1L;

        UnfitException(String message) {
            super(message, null, false, false);
        }
    }

    boolean isAbsent(int index) {
        return index >= values.length || values[index].isNull();
    }

    int integer(int index, int least, int most) throws UnfitException {
        Value value = at(index);
        if (!value.fitsInInt() || value.asInt() < least || value.asInt() > most) {
            throw new UnfitException("argument " + index + " is no number from " + least + " to " + most);
        }
        return value.asInt();
    }

    /** Rounded to a whole number; what is none becomes the least. */
    long rounded(int index, long least, long most) throws UnfitException {
        Value value = at(index);
        if (!value.fitsInDouble()) {
            throw new UnfitException("argument " + index + " is no number");
        }
        return Math.clamp(Math.round(value.asDouble()), least, most);
    }

    boolean bool(int index) throws UnfitException {
        Value value = at(index);
        if (!value.isBoolean()) {
            throw new UnfitException("argument " + index + " is neither true nor false");
        }
        return value.asBoolean();
    }

    String text(int index) throws UnfitException {
        Value value = at(index);
        if (!value.isString()) {
            throw new UnfitException("argument " + index + " is no string");
        }
        return value.asString();
    }

    String text(int index, int least, int most) throws UnfitException {
        String text = text(index);
        if (text.length() < least || text.length() > most) {
            throw new UnfitException("argument " + index + " has not " + least + " to " + most + " characters");
        }
        return text;
    }

    private Value at(int index) throws UnfitException {
        if (index >= values.length) {
            throw new UnfitException("argument " + index + " is missing");
        }
        return values[index];
    }
}
