package dev.sluice.gateway.http;

/** Reads the header {@code Content-Type}. */
public final class MediaTypes {
    private MediaTypes() {}

    /** Whether this is {@code application/json} or one of its kind, whatever the parameters. */
    public static boolean isJson(String contentType) {
        int end = contentType.indexOf(';');
        String type = (end < 0 ? contentType : contentType.substring(0, end)).strip();
        return type.equalsIgnoreCase("application/json") || type.regionMatches(true, type.length() - 5, "+json", 0, 5);
    }
}
