import LabSettings
import Testing

@Suite("Reading settings files")
struct SettingsDocumentTests {
    private func complaint(_ text: String) -> String? {
        do throws(SettingsFaults) {
            _ = try SettingsDocument(text, name: "t.yaml")
            return nil
        } catch {
            return error.description
        }
    }

    @Test("SET-1: every value knows its line, column and path")
    func places() throws {
        let root = try SettingsDocument("a: 1\nb:\n  - x\n  - c: 是\n", name: "t.yaml").root
        guard case .mapping(let entries) = root.content,
            case .sequence(let items) = entries[1].value.content,
            case .mapping(let inner) = items[1].content
        else {
            Issue.record("another shape")
            return
        }
        let place = inner[0].value.place
        #expect(place.line == 4)
        #expect(place.column == 8)
        #expect(place.path == "b[2].c")
        #expect(inner[0].value.content == .scalar("是"))
        #expect(entries[0].keyPlace.line == 1)
    }

    @Test(
        "SET-2: what is no single clear YAML document is refused with its place",
        arguments: [
            ("", "t.yaml:1:1: the file is empty; fill in its settings"),
            ("# only a comment\n", "t.yaml:1:1: the file is empty; fill in its settings"),
            (
                "a: 1\nb: 2\na: 3\n",
                "t.yaml:1:1: the key 'a' is given more than once; keep one of them"
            ),
            (
                "a: 1\n\"a\": 3\n",
                "t.yaml:1:1: the key 'a' is given more than once; keep one of them"
            ),
            (
                "a: 1\n---\nb: 2\n",
                "t.yaml:2:1: a second document begins here; keep one document a file"
            ),
            (
                "a: &x 1\nb: 2\n",
                "t.yaml:1:4: a: anchors and aliases are not accepted; write the value out"
            ),
            (
                "a: *x\n",
                "t.yaml:1:4: an alias without an anchor; write the value out, or put it in quotes"
            ),
            (
                "a:\n  - b\n c: 1\n",
                "t.yaml:3:2: no YAML: did not find expected key; "
                    + "check indentation, colons and quotes"
            ),
            (
                "a:\n\tb: 1\n",
                "t.yaml:2:1: no YAML: found character that cannot start any token; "
                    + "check indentation, colons and quotes"
            ),
            ("[1, 2]: x\n", "t.yaml:1:1: a key must be a single word or text"),
            ("a: 1\nb: \u{1}\n", "t.yaml:2:4: a character that YAML does not allow; remove it"),
        ])
    func refused(_ text: String, _ words: String) {
        #expect(complaint(text) == words)
    }

    @Test("SET-3: files that would cost too much are refused at once")
    func bombs() {
        let laughs = (1...30).map { "k\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1), *a\($0 - 1)]" }
        #expect(complaint("a0: &a0 x\n" + laughs.joined(separator: "\n")) != nil)
        let keys = (1...30).map { "? &b\($0) [*b\($0 - 1), *b\($0 - 1)]\n: x" }
        #expect(complaint("? &b0 y\n: x\n" + keys.joined(separator: "\n")) != nil)
        #expect(complaint(String(repeating: "[", count: 100_000)) != nil)
        #expect(complaint(String(repeating: "- ", count: 100_000)) != nil)
        #expect(complaint(String(repeating: "{a: ", count: 100_000)) != nil)
        #expect(complaint(String(repeating: "[\"]\",", count: 100_000)) != nil)
        #expect(complaint("a: " + String(repeating: "x", count: 1 << 20)) != nil)
        let steps = (0..<1_000).map { String(repeating: " ", count: $0) + "a:" }
        #expect(complaint(steps.joined(separator: "\n") + " 1\n") != nil)
    }

    @Test("SET-3: stars that are no aliases are text like any other")
    func stars() {
        let rows = (0..<100).map { "every\($0): \"0 * * * *\"  # * each hour" }
        #expect(complaint(rows.joined(separator: "\n")) == nil)
    }

    @Test("SET-3: any text at all is read or refused")
    func anyText() {
        var random = Seeded(3, for: "SET-3")
        let alphabet: [Character] = [
            "a", ":", " ", "\n", "-", "[", "]", "{", "}", "&", "*", "?", "!", "|", ">", "'", "\"",
            "#", "%", "@", ",", "\t", "张", "1", "<", "~",
        ]
        for _ in 0..<5_000 { _ = complaint(random.text(of: alphabet, upTo: 24)) }
    }
}
