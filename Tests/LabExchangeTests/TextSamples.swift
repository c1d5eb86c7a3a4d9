import Glibc
import LabDomain
import LabStatistics
import Testing

/// Bytes and rules for tests of files.
enum TextSamples {
    /// A text in GBK, as Chinese Windows programs save it.
    static func gbk(_ text: String) throws -> [UInt8] {
        let converter = iconv_open("GBK", "UTF-8")
        try #require(converter != iconv_t(bitPattern: -1), "no GBK on this system")
        defer { iconv_close(converter) }
        var input = Array(text.utf8)
        var output = [UInt8](repeating: 0, count: input.count * 2 + 16)
        var left = input.count
        var room = output.count
        let done = input.withUnsafeMutableBytes { from in
            output.withUnsafeMutableBytes { to in
                var source = from.bindMemory(to: CChar.self).baseAddress
                var target = to.bindMemory(to: CChar.self).baseAddress
                return iconv(converter, &source, &left, &target, &room)
            }
        }
        try #require(done == 0)
        return Array(output.prefix(output.count - room))
    }

    static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    static let rules = ManifestRules(
        formats: [
            BarcodeFormat(supplier: "any", prefix: "", length: 10, alphabet: .digits, check: .none),
            BarcodeFormat(
                supplier: "as shipped", prefix: "SW", length: 12, alphabet: .alphanumeric,
                check: .mod37Thirtysix),
        ],
        zone: .china, now: ReportSamples.morning.advanced(by: .hours(24)))

    /// A cell that tries the reader: commas, quotes, line ends, Chinese, formulas, apostrophes.
    static func cell(using random: inout SeededGenerator) -> String {
        let pieces = [
            "张", "a", ",", "\"", "\n", "\r\n", "=", "+86", "-", "@", "'", ";", "0", "　", "\t", "é",
            "𠮷",
        ]
        let count = Int.random(in: 0...6, using: &random)
        return (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }

    /// Rows of good single tubes, one person each.
    static func people(_ count: Int) throws -> [[ManifestColumn: String]] {
        try (0..<count).map { number in
            let born = CalendarDay(daysSinceEpoch: number % 15_000)
            let resident = try ResidentNumber(
                area: 100_000 + number / 1_000, birthDate: born, sequence: number % 1_000)
            let tube = "\(2_000_000_000 + number / 10)"
            return [
                .tube: tube, .kind: "10:1", .unit: "第一社区", .site: "社区中心", .box: "B-001",
                .collectedAt: "2021-07-30 08:15", .risk: "low", .name: "张三",
                .documentType: "resident-id", .documentNumber: resident.text,
                .telephone: "13800000001", .address: "新华街\(number)号",
            ]
        }
    }
}
