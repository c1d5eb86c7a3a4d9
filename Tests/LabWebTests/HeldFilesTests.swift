import LabDomain
import Testing

@testable import LabWeb

@Suite("Files that were looked at")
struct HeldFilesTests {
    private static let now = Timestamp(milliseconds: 1_627_956_000_000)

    private func hold(_ files: HeldFiles, _ bytes: Int, minutes: Int = 0) -> String {
        files.hold(
            Array(repeating: 7, count: bytes), plate: "P", run: "2", map: nil, of: "ann",
            at: Self.now.advanced(by: .minutes(minutes)))
    }

    private func has(_ files: HeldFiles, _ token: String, of handle: String = "ann", minutes: Int)
        -> Bool
    {
        files.file(token, of: handle, at: Self.now.advanced(by: .minutes(minutes))) != nil
    }

    @Test("WEB-83: a file is held for an hour, for whoever sent it, with what was told of it")
    func held() throws {
        let files = HeldFiles()
        let token = hold(files, 3)
        let found = try #require(files.file(token, of: "ann", at: Self.now))
        #expect(found.file == [7, 7, 7] && found.plate == "P" && found.run == "2")
        #expect(has(files, token, minutes: 59))
        #expect(!has(files, token, minutes: 60))
        #expect(!has(files, token, of: "bo", minutes: 0))
        #expect(!has(files, String(token.dropLast()), minutes: 0))
    }

    @Test("WEB-83: the memory for files is bounded; the newest is always held")
    func bounded() {
        let files = HeldFiles()
        let tokens = (0..<20).map { _ in hold(files, 10) }
        #expect(tokens.filter { has(files, $0, minutes: 0) } == Array(tokens.suffix(16)))
        let large = (0..<4).map { _ in hold(files, 32 << 20) }
        #expect(large.filter { has(files, $0, minutes: 0) } == Array(large.suffix(3)))
        #expect(tokens.allSatisfy { !has(files, $0, minutes: 0) })
    }
}
