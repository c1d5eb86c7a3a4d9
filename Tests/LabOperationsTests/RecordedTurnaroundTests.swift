import LabOperations
import ReferenceFiles
import Testing

@Suite("Recorded turnaround")
struct RecordedTurnaroundTests {
    static let columns = RecordedTurnaround.Columns(
        collectedToReceived: "wait", receivedToVerified: "Work")

    @Test(
        "TAT-1: a hospital's recorded year has the published quantiles, its dirty rows are named",
        .needs(reference: "tat/chop_covid_testing_odd_days.csv"))
    func hospital() throws {
        let found = try RecordedTurnaround(
            try Reference.bytes("tat/chop_covid_testing_odd_days.csv"),
            columns: RecordedTurnaround.Columns(
                collectedToReceived: "col_rec_tat", receivedToVerified: "rec_ver_tat"))
        #expect(found.rows == 7796)
        let given = [
            (found.all.collectedToReceived, [1.9, 5.8, 8.0]),
            (found.all.receivedToVerified, [5.0, 7.8, 9.5]), (found.all.sum, [7.2, 12.6, 17.0]),
        ]
        for (segment, quantiles) in given {
            #expect(segment.count == 7796)
            for (ours, theirs) in zip([segment.median, segment.p90, segment.p95], quantiles) {
                #expect(abs(try #require(ours) - theirs) <= 0.05)
            }
        }
        #expect(abs(try #require(found.all.receivedToVerified.within12Hours) - 0.9733) < 5e-5)
        #expect(abs(try #require(found.all.sum.within24Hours) - 0.9702) < 5e-5)
        #expect(found.rejected.count { $0.reason == .negative } == 1)
        #expect(found.rejected.count { $0.reason == .tooLong } == 4)
        #expect(found.clean.sum.count == 7791 && found.clean.sum.maximum ?? 999 < 336)
    }

    @Test("TAT-1: a row that cannot be right is left out of the clean figures and named with why")
    func dirt() throws {
        let table = """
            id;Wait;work
            1;1.0;2.0
            2;-3;2
            3;NA;4
            4;61320;1
            5;soon;1
            6;2;6
            """
        let found = try RecordedTurnaround(Array(table.utf8), columns: Self.columns)
        #expect(
            found.rejected.map { "\($0.line) \($0.column) \($0.reason.rawValue)" } == [
                "3 wait negative", "4 wait missing", "5 wait too-long", "6 wait not-a-number",
            ])
        #expect(found.rows == 6)
        #expect(found.all.receivedToVerified.count == 6 && found.all.collectedToReceived.count == 4)
        #expect(found.all.sum.count == 4 && found.all.sum.maximum == 61_321)
        #expect(found.clean.sum.count == 2 && found.clean.sum.median == 5.5)
        let minutes = try RecordedTurnaround(
            Array("wait,work\n60,120".utf8), columns: Self.columns, unit: 1.0 / 60)
        #expect(minutes.all.sum.median == 3)
        let none = try RecordedTurnaround(Array("wait,work\n,".utf8), columns: Self.columns)
        #expect(none.clean.sum.median == nil)
    }

    @Test("TAT-1: a table without the columns says which it has; a faulty line is named")
    func refused() {
        func refusal(_ text: String) -> Refusal? {
            #expect(throws: Refusal.self) {
                try RecordedTurnaround(Array(text.utf8), columns: Self.columns)
            }
        }
        #expect(refusal("wait,hours\n1,2")?.remedy.description.contains("wait, hours") == true)
        #expect(refusal("wait,work\n1")?.places.map(\.line) == [2])
        #expect(refusal("") != nil)
    }
}
