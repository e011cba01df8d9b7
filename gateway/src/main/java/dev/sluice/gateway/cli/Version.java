package dev.sluice.gateway.cli;

import picocli.CommandLine.IVersionProvider;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version the build gave this product. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        Properties build = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("build.properties")) {
            if (in == null) {
                throw new IOException("the build left build.properties off the class path");
            }
            build.load(in);
        }
        return new String[] {
            "sluice " + build.getProperty("version") + " (Java " + Runtime.version() + ")"
        };
    }
}
