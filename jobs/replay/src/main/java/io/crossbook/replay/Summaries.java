package io.crossbook.replay;

import io.crossbook.model.RunEvent;
import io.crossbook.model.RunEventCodec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a sink subtask knows of the whole run at its end; kept in one small file a subtask until the run is summed up.
 *
 * @param accounts of matcher, ledger and reader
 * @param clients that entered an order or hold a position
 */
record Summaries(List<RunEvent> accounts, Collection<String> clients) {
    private static final String PREFIX = "summaries-";

    static void write(Path folder, int subtask, Summaries summaries) throws IOException {
        Path target = folder.resolve(PREFIX + subtask);
        Path pending = folder.resolve("." + PREFIX + subtask);
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(pending))) {
            summaries.write(out);
        }
        Files.move(pending, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static Summaries readAll(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(path -> path.getFileName().toString().startsWith(PREFIX))
                    .sorted()
                    .toList();
        }
        List<RunEvent> accounts = new ArrayList<>();
        TreeSet<String> clients = new TreeSet<>();
        for (Path file : files) {
            try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
                Summaries one = read(in);
                accounts.addAll(one.accounts);
                clients.addAll(one.clients);
            }
        }
        return new Summaries(accounts, clients);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(accounts.size());
        for (RunEvent account : accounts) {
            RunEventCodec.write(account, out);
        }
        out.writeInt(clients.size());
        for (String client : clients) {
            out.writeUTF(client);
        }
    }

    static Summaries read(DataInputStream in) throws IOException {
        List<RunEvent> accounts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            accounts.add(RunEventCodec.read(in));
        }
        List<String> clients = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            clients.add(in.readUTF());
        }
        return new Summaries(accounts, clients);
    }
}
