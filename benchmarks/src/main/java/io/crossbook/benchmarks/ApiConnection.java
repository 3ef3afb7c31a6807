package io.crossbook.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection to the API that asks for one thing at a time, and just enough of HTTP to find the end of its answer. */
final class ApiConnection {
    private static final int NONE = -1;
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final String LENGTH = "\r\ncontent-length:";
    private static final int LARGEST_ANSWER = 1 << 18;

    private final SocketChannel channel;
    private final ApiRequests requests;
    private final ByteBuffer in = ByteBuffer.allocate(LARGEST_ANSWER);
    /** When the request was, or is, to be sent: {@link System#nanoTime}. */
    private long due;

    private boolean waiting;

    ApiConnection(InetSocketAddress address, ApiRequests requests, Selector selector, long due) throws IOException {
        this.requests = requests;
        this.due = due;
        this.channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    long due() {
        return due;
    }

    boolean waiting() {
        return waiting;
    }

    /** The next request is due at that time. */
    void next(long time) {
        due = time;
    }

    /** A request is far smaller than what a socket takes at once. */
    void ask() throws IOException {
        ByteBuffer request = ByteBuffer.wrap(requests.next());
        while (request.hasRemaining()) {
            channel.write(request);
        }
        waiting = true;
    }

    /**
     * Reads what has come.
     *
     * @return the status of the answer if it is here as a whole, or a negative number
     * @throws IOException if the connection was closed, or an answer has no length or is too long
     */
    int read() throws IOException {
        if (channel.read(in) < 0) {
            throw new IOException("the connection was closed");
        }
        int body = body();
        if (body == NONE) {
            return NONE;
        }
        String head = new String(in.array(), 0, body, StandardCharsets.ISO_8859_1);
        int at = head.toLowerCase(Locale.ROOT).indexOf(LENGTH);
        if (at < 0) {
            throw new IOException("an answer without its length: " + head.lines().findFirst().orElse(""));
        }
        int from = at + LENGTH.length();
        int length = Integer.parseInt(head.substring(from, head.indexOf('\r', from)).strip());
        if (body + length > LARGEST_ANSWER) {
            throw new IOException("an answer of " + length + " bytes");
        }
        if (in.position() < body + length) {
            return NONE;
        }
        in.clear();
        waiting = false;
        return Integer.parseInt(head.substring(STATUS_AT, STATUS_AT + 3));
    }

    /** Where the body of the answer begins, if the whole head is here. */
    private int body() {
        byte[] bytes = in.array();
        for (int at = 3; at < in.position(); at++) {
            if (bytes[at] == '\n' && bytes[at - 1] == '\r' && bytes[at - 2] == '\n') {
                return at + 1;
            }
        }
        return NONE;
    }
}
