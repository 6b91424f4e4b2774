import CZlib

/// Raw deflate streams by zlib.
enum Deflate {
    static func checksum(of bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBufferPointer {
            UInt32(truncatingIfNeeded: crc32_z(0, $0.baseAddress, z_size_t($0.count)))
        }
    }

    /// The bytes of a stream that ends with its input. Throws ``SheetError`` `malformed`, or `tooLarge` beyond `limit`.
    static func inflated(_ bytes: ArraySlice<UInt8>, limit: Int, part: String) throws -> [UInt8] {
        var stream = z_stream()
        guard cz_inflate_begin(&stream) == Z_OK else { throw SheetError.malformed(part: part) }
        defer { inflateEnd(&stream) }
        var out: [UInt8] = []
        let status = try run(&stream, bytes) { stream, chunk in
            let status = inflate(&stream, Z_NO_FLUSH)
            out += chunk[..<(chunk.count - Int(stream.avail_out))]
            if out.count > limit { throw SheetError.tooLarge }
            return status
        }
        guard status == Z_STREAM_END, stream.avail_in == 0 else { throw SheetError.malformed(part: part) }
        return out
    }

    static func deflated(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        guard cz_deflate_begin(&stream) == Z_OK else { preconditionFailure("zlib has no memory") }
        defer { deflateEnd(&stream) }
        var out: [UInt8] = []
        _ = run(&stream, bytes[...]) { stream, chunk in
            let status = deflate(&stream, Z_FINISH)
            out += chunk[..<(chunk.count - Int(stream.avail_out))]
            return status
        }
        return out
    }

    /// Gives a stream all of its input, and room for output again and again until it ends or fails. Returns its last
    /// status.
    private static func run<Failure: Error>(
        _ stream: inout z_stream, _ bytes: ArraySlice<UInt8>,
        _ step: (inout z_stream, UnsafeMutableBufferPointer<UInt8>) throws(Failure) -> Int32
    ) throws(Failure) -> Int32 {
        // zlib does not write to its input.
        let input = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, bytes.count))
        let chunk = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 16)
        defer {
            input.deallocate()
            chunk.deallocate()
        }
        _ = input.update(fromContentsOf: bytes)
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(bytes.count)
        while true {
            stream.next_out = chunk.baseAddress
            stream.avail_out = UInt32(chunk.count)
            let status = try step(&stream, chunk)
            if status != Z_OK { return status }
        }
    }
}
