package dev.sluice.gateway.http;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;

/**
 * Makes a request in another protocol than HTTP/1.1 and 1.0 one that cannot be read, and is answered in HTTP/1.1. Vert.x
 * would repeat the protocol that the request names.
 */
@ChannelHandler.Sharable
final class SpokenVersions extends ChannelInboundHandlerAdapter {
    static final SpokenVersions INSTANCE = new SpokenVersions();

    /** Not a version that is spoken here; costs no stack trace. */
    static final class UnspokenVersionException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private UnspokenVersionException() {
            super("HTTP/1.1 and HTTP/1.0 are spoken here", null, false, false);
        }
    }

    private static final DecoderResult UNSPOKEN = DecoderResult.failure(new UnspokenVersionException());

    private SpokenVersions() {}

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && !isSpoken(request.protocolVersion())) {
            request.setProtocolVersion(HttpVersion.HTTP_1_1);
            request.setDecoderResult(UNSPOKEN);
        }
        context.fireChannelRead(message);
    }

    private static boolean isSpoken(HttpVersion version) {
        return version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
    }
}
