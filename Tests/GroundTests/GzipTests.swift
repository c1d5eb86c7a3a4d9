import LabTables
import Testing

@Suite("Packed files")
struct GzipTests {
    /// `a,b` and `1,2`, packed by another program.
    static let packed: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4B, 0xD4, 0x49, 0xE2, 0x32,
        0xD4, 0x31, 0xE2, 0x02, 0x00, 0x7B, 0x07, 0x97, 0x0A, 0x08, 0x00, 0x00, 0x00,
    ]
    static let plain = Array("a,b\n1,2\n".utf8)

    @Test("TAB-17: a packed table is unpacked, whatever its name; a plain one stays")
    func unpacks() throws {
        #expect(try Gzip.unpacked(Self.packed) == Self.plain)
        #expect(try Gzip.unpacked(Self.packed + Self.packed) == Self.plain + Self.plain)
        #expect(try Gzip.unpacked(Self.plain) == Self.plain)
        #expect(try Gzip.unpacked([]).isEmpty)
    }

    @Test("TAB-17: a packed file that is cut off, changed or too large is refused")
    func refuses() {
        for length in 3..<Self.packed.count {
            #expect(throws: Gzip.Fault.damaged) {
                try Gzip.unpacked(Array(Self.packed.prefix(length)))
            }
        }
        var changed = Self.packed
        changed[20] ^= 0x10
        #expect(throws: Gzip.Fault.damaged) { try Gzip.unpacked(changed) }
        #expect(throws: Gzip.Fault.damaged) { try Gzip.unpacked(Self.packed + [1]) }
        #expect(throws: Gzip.Fault.tooLarge(limit: 7)) {
            try Gzip.unpacked(Self.packed, limit: 7)
        }
    }
}
