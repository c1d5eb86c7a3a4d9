import LabTables
import Testing

@Suite("Which encoding a file is in")
struct TextDecodingTests {
    private static let table = "姓名,条码\n张三,1234567890\n王小明,1234567891\n"
    /// The same table as Chinese Windows saves it, written by Python's codec "gbk".
    private static let gbk: [UInt8] = [
        208, 213, 195, 251, 44, 204, 245, 194, 235, 10, 213, 197, 200, 253, 44, 49, 50, 51, 52, 53,
        54, 55, 56, 57, 48, 10, 205, 245, 208, 161, 195, 247, 44, 49, 50, 51, 52, 53, 54, 55, 56,
        57, 49, 10,
    ]

    private static func utf16(_ text: String, lowByteFirst: Bool) -> [UInt8] {
        ([0xFEFF] + Array(text.utf16)).flatMap { unit in
            let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
            return lowByteFirst ? bytes.reversed() : bytes
        }
    }

    @Test(
        "TAB-1: UTF-8, marked UTF-8, GB18030 and UTF-16 give the same text",
        arguments: [
            (Array(table.utf8), TextEncoding.utf8),
            ([0xEF, 0xBB, 0xBF] + Array(table.utf8), .markedUTF8),
            (gbk, .gb18030),
            (utf16(table, lowByteFirst: true), .utf16),
            (utf16(table, lowByteFirst: false), .utf16),
        ])
    func decodes(_ bytes: [UInt8], _ encoding: TextEncoding) throws {
        let text = try TextDecoding.decode(bytes)
        #expect(text.utf8 == Array(Self.table.utf8))
        #expect(text.encoding == encoding)
    }

    @Test("TAB-1: rare characters of four bytes are read from GB18030 and from UTF-16")
    func rareCharacters() throws {
        let gb18030: [UInt8] = [129, 57, 238, 57, 44, 149, 50, 130, 54]
        #expect(try TextDecoding.decode(gb18030).utf8 == Array("㐀,𠀀".utf8))
        let utf16 = Self.utf16("㐀,𠀀", lowByteFirst: true)
        #expect(try TextDecoding.decode(utf16).utf8 == Array("㐀,𠀀".utf8))
    }

    @Test(
        "TAB-2: what is no text is refused with the line and byte of the first bad byte",
        arguments: [
            ([0x61, 0x0D, 0x0A, 0x62, 0xFF, 0x0A], EncodingFault.Kind.unknownEncoding, 2, 2),
            (gbk.dropLast(12) + [0xFF, 0xFF], .unknownEncoding, 3, 7),
            ([0x61, 0x0A, 0x62, 0x00], .nul, 2, 2),
            ([0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00, 0x62], .damagedUTF16, 2, 1),
            ([0xFF, 0xFE, 0x61, 0x00, 0x00, 0xD8, 0x62, 0x00], .damagedUTF16, 1, 5),
            ([0xEF, 0xBB, 0xBF, 0x61, 0xC0], .damagedUTF8, 1, 5),
        ] as [([UInt8], EncodingFault.Kind, Int, Int)])
    func refuses(_ bytes: [UInt8], because kind: EncodingFault.Kind, line: Int, column: Int) {
        let fault = #expect(throws: EncodingFault.self) { try TextDecoding.decode(bytes) }
        #expect(fault?.kind == kind)
        #expect(fault?.line == line)
        #expect(fault?.column == column)
    }

    @Test("TAB-3: a damaged UTF-8 file is refused and not read as GB18030, wherever it is cut")
    func damagedUTF8() {
        let whole = Array("张三丰,王小明,李四,欧阳修".utf8)
        for cut in 1..<whole.count where (try? TextDecoding.decode(Array(whole[..<cut]))) == nil {
            let fault = #expect(throws: EncodingFault.self) {
                try TextDecoding.decode(Array(whole[..<cut]))
            }
            if cut > 5 { #expect(fault?.kind == .damagedUTF8) }
        }
        var hurt = whole
        hurt[4] = 0x41
        #expect(throws: EncodingFault.self) { try TextDecoding.decode(hurt) }
    }

    @Test("TAB-1: bytes count as UTF-8 exactly where the Unicode standard says so")
    func exactUTF8() {
        for lead in UInt8(0x80)...0xFF {
            for second in UInt8(0x70)...0xFF {
                for tail in [[], [0x80], [0xBF, 0x80], [0xBF, 0xBF], [0x41]] as [[UInt8]] {
                    let bytes = [0x61, lead, second] + tail
                    let isUTF8 = String(validating: bytes, as: UTF8.self) != nil
                    #expect(((try? TextDecoding.decode(bytes))?.encoding == .utf8) == isUTF8)
                }
            }
        }
    }

    @Test("TAB-2: any bytes at all are either text or refused")
    func anyBytes() {
        var random = Seeded(2022, for: "TAB-2")
        for _ in 0..<2_000 {
            let bytes = random.bytes(Int.random(in: 0...40, using: &random))
            guard let text = try? TextDecoding.decode(bytes) else { continue }
            #expect(String(validating: text.utf8, as: UTF8.self) != nil)
        }
    }
}
