import LabSettings
import Testing

@Suite("Reading settings into values")
struct SettingsReaderTests {
    private enum Risk: String, CaseIterable {
        case high
        case medium
        case low
    }

    private struct Clock: Equatable {
        let name: String
        let limit: Duration
    }

    private func reader(_ text: String) throws -> SettingsReader {
        SettingsReader(try SettingsDocument(text, name: "t.yaml").root)
    }

    private func faults(_ text: String, _ body: (inout SettingsReader) -> Void) throws -> [String] {
        var read = try reader(text)
        body(&read)
        do throws(SettingsFaults) {
            try read.finish()
            return []
        } catch {
            return error.faults.map(\.description)
        }
    }

    @Test("SET-4: a file is read by declaring what stands in it")
    func declaration() throws {
        var read = try reader(
            """
            name: 景德镇
            country: no
            risk: medium
            pool: 10
            share: 0.5
            strict: true
            note:
            clocks:
              - {name: report, limit: 12 h}
              - {name: retest, limit: 1d6h}
            sizes: [5, 10, 20]
            quotas:
              east: 100
              west: 200
            lab: {name: Centre}
            """)
        // Reading changes the reader, which #expect does not allow inside it.
        let name = read.string("name")
        let country = read.string("country")
        let risk = read.choice("risk", of: Risk.self)
        let pool = read.int("pool", in: 1...20)
        let share = read.double("share", in: 0...1)
        let isStrict = read.bool("strict")
        let note = read.optionalString("note")
        let remark = read.optionalString("remark")
        let limit = read.ifPresent("limit") { $0.duration() }
        let clocks = read.list("clocks") {
            Clock(name: $0.string("name"), limit: $0.duration("limit"))
        }
        let sizes = read.list("sizes") { $0.int(in: 1...20) }
        let quotas = read.entries("quotas") { _, item in item.int(in: 0...1_000) }
        let lab = read.mapping("lab") { $0.string("name") }
        let length = read.value("name", expecting: "a name") { $0.count }
        try read.finish()

        #expect(name == "景德镇" && country == "no" && lab == "Centre" && length == 3)
        #expect(risk == .medium && pool == 10 && share == 0.5 && isStrict)
        #expect(note == nil && remark == nil && limit == nil)
        #expect(
            clocks == [
                Clock(name: "report", limit: .seconds(43_200)),
                Clock(name: "retest", limit: .seconds(108_000)),
            ])
        #expect(sizes == [5, 10, 20])
        #expect(quotas.map(\.name) == ["east", "west"])
        #expect(quotas.map(\.value) == [100, 200])
    }

    @Test("SET-5: all faults are told at once, each with its place and what to write")
    func collected() throws {
        let text = """
            pool: 30
            share: nan
            strict: yes
            risk: hihg
            limit: 12
            name: [a]
            day: monday
            clocks: x
            lab: 1
            empty:
            """
        let found = try faults(text) { read in
            _ = read.int("pool", in: 1...20)
            _ = read.double("share", in: 0...1)
            _ = read.bool("strict")
            _ = read.choice("risk", of: Risk.self)
            _ = read.duration("limit", in: .zero ... .seconds(86_400))
            _ = read.string("name")
            _ = read.value("day", expecting: "a date like 2022-03-15") { Int($0) }
            _ = read.list("clocks") { $0.string() }
            _ = read.mapping("lab") { $0.string("name") }
            _ = read.string("empty")
            _ = read.string("absent")
            read.refuse("too many pools; write fewer", at: "pool")
        }
        #expect(
            found == [
                "t.yaml:1:7: pool: not understood; write a whole number from 1 to 20",
                "t.yaml:2:8: share: not understood; write a number from 0.0 to 1.0",
                "t.yaml:3:9: strict: not understood; write true or false",
                "t.yaml:4:7: risk: write one of: high, medium, low; did you mean 'high'?",
                "t.yaml:5:8: limit: not understood; write a time from 0 s to 1 d, "
                    + "such as '12 h', '30 min' or '90 s'",
                "t.yaml:6:7: name: a list; write a text",
                "t.yaml:7:6: day: not understood; write a date like 2022-03-15",
                "t.yaml:8:9: clocks: a single value; write a list, one '- ' line an item",
                "t.yaml:9:6: lab: a single value; write a mapping, 'key: value' lines",
                "t.yaml:10:1: empty: the key has no value; give one",
                "t.yaml:1:1: the key 'absent' is missing; add it",
                "t.yaml:1:7: pool: too many pools; write fewer",
            ])
    }

    @Test("SET-6: a key that nobody asks for is a fault that suggests the nearest one")
    func unknownKeys() throws {
        let text = "clocks:\n  - nmae: a\n    limit: 1 h\nzzz: 1\nold: 1\n"
        let found = try faults(text) { read in
            _ = read.list("clocks") { item -> Clock? in
                let limit = item.duration("limit")
                let name = item.optionalString("name")
                return name.map { Clock(name: $0, limit: limit) } ?? Clock(name: "", limit: limit)
            }
            read.allow("old")
        }
        #expect(
            found == [
                "t.yaml:2:5: clocks[1].nmae: unknown key; did you mean 'name'?",
                "t.yaml:4:1: zzz: unknown key; remove it",
            ])
    }

    @Test("SET-7: an item that its reader gives up is left out and keeps its faults only")
    func givenUp() throws {
        let found = try faults("clocks:\n  - {name: a, limit: x, more: 1}\n") { read in
            let clocks = read.list("clocks") { item -> Clock? in
                let limit = item.duration("limit")
                guard item.isSound else { return nil }
                return Clock(name: item.string("name"), limit: limit)
            }
            #expect(clocks.isEmpty)
        }
        #expect(found.count == 1)
        #expect(found.first?.prefix(29) == "t.yaml:2:22: clocks[1].limit:")
    }

    @Test("SET-8: a root that is no mapping is told once")
    func wrongRoot() throws {
        let found = try faults("- a\n- b\n") { read in
            _ = read.string("name")
            _ = read.int("pool", in: 1...2)
        }
        #expect(found == ["t.yaml:1:1: a list where a mapping belongs"])
    }

    @Test(
        "SET-9: a length of time is whole numbers with falling units",
        arguments: [
            ("12h", 43_200_000), ("30 min", 1_800_000), ("90s", 90_000), ("2 d", 172_800_000),
            ("250 ms", 250), ("1 d 6 h", 108_000_000), ("1h30min", 5_400_000), ("0 s", 0),
        ] as [(String, Int?)]
            + [
                "", "12", "h", "1.5 h", "-1 h", "1 h 1 d", "1 h 1 h", "1 week", "１h", "1 h,",
                "9999999999999999999 s",
            ]
            .map { ($0, nil) })
    func durations(_ text: String, milliseconds: Int?) throws {
        let found = try faults("limit: \"\(text)\"") { read in
            let limit = read.duration("limit")
            #expect(limit == .milliseconds(milliseconds ?? 0))
        }
        #expect(found.isEmpty == (milliseconds != nil))
    }
}
