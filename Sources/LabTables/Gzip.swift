internal import CZlib

/// Files that were packed with gzip (RFC 1952), which is how recorded tables are often kept.
package enum Gzip {
    /// Why a packed file cannot be unpacked.
    package enum Fault: Error, Equatable, Sendable {
        /// It is cut off, or its bytes do not agree with their checksum.
        case damaged
        /// Unpacked it would be larger than allowed.
        case tooLarge(limit: Int)
    }

    /// Whether a file is packed: by its first bytes, whatever its name says.
    package static func isPacked(_ bytes: [UInt8]) -> Bool {
        bytes.count > 2 && bytes[0] == 0x1F && bytes[1] == 0x8B
    }

    /// Unpacks a file; one that is not packed is given back as it is.
    ///
    /// - Parameters:
    ///   - bytes: The file; several packed parts behind each other are one file.
    ///   - limit: The most bytes that may come out, against files made to fill the memory.
    /// - Returns: The file as it was before it was packed.
    /// - Throws: `Fault`; checksums and lengths are checked.
    package static func unpacked(
        _ bytes: [UInt8], limit: Int = 1 << 30
    ) throws(Fault) -> [UInt8] {
        guard isPacked(bytes) else { return bytes }
        var output: [UInt8] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            guard isPacked(Array(rest.prefix(3))) else { throw .damaged }
            let used = try inflate(Array(rest), into: &output, limit: limit)
            rest = rest.dropFirst(used)
        }
        return output
    }

    /// Unpacks one part; the answer is how many bytes it had.
    private static func inflate(
        _ input: [UInt8], into output: inout [UInt8], limit: Int
    ) throws(Fault) -> Int {
        var stream = z_stream()
        // 31: the window of 32 kB that every packer may use, and gzip's head and checksum.
        let size = Int32(MemoryLayout<z_stream>.size)
        guard inflateInit2_(&stream, 31, ZLIB_VERSION, size) == Z_OK else { throw .damaged }
        defer { inflateEnd(&stream) }
        var source = input
        var room = [UInt8](repeating: 0, count: 1 << 16)
        var (status, used) = (Z_OK, 0)
        while status == Z_OK {
            var made = 0
            let feed = min(source.count - used, 1 << 20)
            source.withUnsafeMutableBufferPointer { source in
                room.withUnsafeMutableBufferPointer { room in
                    stream.next_in = source.baseAddress.map { $0 + used }
                    stream.avail_in = UInt32(feed)
                    stream.next_out = room.baseAddress
                    stream.avail_out = UInt32(room.count)
                    status = CZlib.inflate(&stream, Z_NO_FLUSH)
                    made = room.count - Int(stream.avail_out)
                    used += feed - Int(stream.avail_in)
                }
            }
            guard output.count + made <= limit else { throw .tooLarge(limit: limit) }
            output.append(contentsOf: room[0..<made])
            if status == Z_OK, made == 0, used == source.count { throw .damaged }
        }
        guard status == Z_STREAM_END else { throw .damaged }
        return used
    }
}
