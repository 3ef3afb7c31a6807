package io.crossbook.store.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The Postgres programs for this machine, unpacked once from the class path. */
final class PostgresBinaries {
    /** Version of the binaries that the build brings along. */
    static final String VERSION = "18.6";

    /** What a cluster of these binaries says in its {@code PG_VERSION}. */
    static final String MAJOR_VERSION = "18";

    private static final int OWNER_EXECUTE = 0100;
    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r--r--");

    private PostgresBinaries() {}

    /**
     * Unpacks the binaries below {@code home}, unless they are there already.
     *
     * @return the folder that holds {@code bin}, {@code lib} and {@code share}
     */
    static Path unpackInto(Path home) throws IOException {
        String archive = archiveName();
        Path unpacked = home.resolve(archive.replace(".txz", "") + "-" + VERSION);
        if (Files.isDirectory(unpacked)) {
            return unpacked;
        }
        // Under another name first: a folder with the final name is always whole.
        Path partial = home.resolve(unpacked.getFileName() + ".partial");
        FileTrees.delete(partial);
        try (InputStream packed = PostgresBinaries.class.getResourceAsStream("/" + archive)) {
            if (packed == null) {
                throw new IOException("No Postgres binaries for this machine: " + archive
                        + " is not on the class path. Use a server of your own with --db URL, or --db none.");
            }
            unpack(packed, partial);
        }
        Files.move(partial, unpacked, StandardCopyOption.ATOMIC_MOVE);
        return unpacked;
    }

    private static String archiveName() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch");
        return switch (machine) {
            case "amd64", "x86_64" -> "postgres-" + system + "-x86_64.txz";
            case "aarch64", "arm64" -> "postgres-" + system + "-arm_64.txz";
            default -> "postgres-" + system + "-" + machine + ".txz";
        };
    }

    private static void unpack(InputStream packed, Path target) throws IOException {
        Files.createDirectories(target, PosixFilePermissions.asFileAttribute(PROGRAM));
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("The archive names a file outside itself: " + entry.getName());
                }
                // Static libraries are for building extensions, which nobody does here.
                if (!entry.getName().endsWith(".a")) {
                    unpackEntry(tar, entry, path);
                }
            }
        }
    }

    private static void unpackEntry(TarArchiveInputStream tar, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            makeDirectory(path);
            return;
        }
        makeDirectory(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, path);
            // Set explicitly: the server may run under another user, and umask must not lock it out.
            Files.setPosixFilePermissions(path, (entry.getMode() & OWNER_EXECUTE) != 0 ? PROGRAM : FILE);
        }
    }

    private static void makeDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            makeDirectory(directory.getParent());
            Files.createDirectory(directory);
            Files.setPosixFilePermissions(directory, PROGRAM);
        }
    }
}
