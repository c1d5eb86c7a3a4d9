import Foundation
import GRDB
import LabDomain
import Testing

@testable import LabStore

@Suite("Plates of the bench, as they are kept")
struct BenchPlatesTests {
    private static let layout = PlateLayout(
        format: .wells96,
        wells: [
            FilledWell(
                position: WellPosition(row: 0, column: 0), content: .sample(RequestID("T1/1"))),
            FilledWell(
                position: WellPosition(row: 1, column: 0), content: .control(.weakPositive)),
        ])

    @Test(
        "STORE-8: facts of plates and runs from before lots and curves are read as they were meant")
    func oldFacts() throws {
        let laidOut = """
            {"assay":"a","kit":"first","layout":{"format":96,"wells":[\
            {"content":{"sample":{"_0":"T1/1"}},"position":"A1"},\
            {"content":{"control":{"_0":"weak-positive"}},"position":"B1"}]},\
            "plate":"PL","version":"a@1"}
            """
        let plate = PlateLaidOut(
            plate: PlateID("PL"), layout: Self.layout, kit: .first, assay: "a", version: "a@1")
        #expect(try FactCodec.decode(.plateLaidOut, laidOut) == .plateLaidOut(plate))
        // What is not there is not written either, so that the same fact has the same hash.
        let written = String(
            decoding: try FactCodec.encode(.plateLaidOut(plate)), as: UTF8.self)
        #expect(written == laidOut)
        let read = """
            {"controlFaults":[{"control":"negative","target":"N","well":"C3"}],"fileHash":"AQ==",\
            "plate":"PL","readings":[{"cq":24.5,"target":"N","well":"A1"},\
            {"target":"N","well":"B1"}],"run":"RN"}
            """
        let fact = try FactCodec.decode(.runRead, read)
        guard case .runRead(let run) = fact else { return #expect(Bool(false)) }
        #expect(run.looks == nil && run.readings.map(\.cq?.cycles) == [24.5, nil])
        #expect(run.readings.allSatisfy { !$0.isExcluded && $0.curve == nil })
        #expect(run.controlFaults.map(\.why) == [nil])
        #expect(String(decoding: try FactCodec.encode(fact), as: UTF8.self) == read)
    }

    @Test("STORE-8: a database from before plates could be put together opens whole")
    func migration() throws {
        try StoreTests.withFile { path in
            let queue = try DatabaseQueue(path: path)
            try Migrations.migrator.migrate(queue, upTo: BreachCauses.name)
            try queue.write { database in
                try database.execute(
                    sql: "INSERT INTO vault (id, keyCheck) VALUES (1, ?)",
                    arguments: [Data(StoreTests.vault.keyCheck)])
                var ledger = try Ledger(continuing: database, vault: StoreTests.vault)
                let projection = Projection(database: database)
                for fact in StoreTests.facts {
                    try ledger.append(fact, stamp: StoreTests.stamp, to: database)
                    try projection.apply(
                        fact, at: StoreTests.now, by: StoreTests.stamp.actor.handle)
                }
                // As the version of that time did it.
                try ledger.append(
                    .plateLaidOut(
                        PlateLaidOut(
                            plate: PlateID("PL"), layout: Self.layout, kit: .first, assay: "a",
                            version: "a@1")), stamp: StoreTests.stamp, to: database)
                try database.execute(
                    sql: """
                        INSERT INTO plate VALUES ('PL', 96, 'first', 'a', 'a@1', 'laid-out', ?);
                        """, arguments: [StoreTests.now.milliseconds])
                try database.execute(
                    sql: """
                        INSERT INTO well VALUES ('PL', 'A1', 'T1/1', NULL),
                            ('PL', 'B1', NULL, 'weak-positive');
                        UPDATE request SET state = 'plated';
                        """)
            }
            try queue.close()
            let store = try Store.open(at: path, vault: StoreTests.vault)
            let audit = try store.audit()
            #expect(audit.isSound, "\(audit)")
            let plate = try #require(try store.read { try $0.plate(PlateID("PL")) })
            #expect(plate.layout == Self.layout && plate.lot == nil && plate.sources.isEmpty)
            #expect(try store.read { try $0.plates(onlyUnread: true) }.map(\.id) == [plate.id])
        }
    }

    @Test(
        "CONS-2, PLATE-9: the schema itself keeps failed wells and looks in order",
        arguments: [
            "INSERT INTO failedWell VALUES ('PL', 'A1', NULL, 'clot', 0, 'a')",
            "UPDATE plate SET state = 'read'; "
                + "INSERT INTO failedWell VALUES ('PL', 'C1', NULL, 'clot', 0, 'a')",
            "INSERT INTO quadrant VALUES ('PL', 'PL', 1)",
            "INSERT INTO quadrant VALUES ('PL', 'PX', 5)",
            "UPDATE plate SET rerunOf = 'PL'",
            """
            INSERT INTO run VALUES ('RN', 'PL', zeroblob(32), 'valid', 'a', 0, NULL, NULL, NULL);
            INSERT INTO look VALUES ('RN', 'A1', 'T1/1', 'no-sigmoid', 'detected', NULL, 'open',
                NULL, NULL, 0, NULL);
            UPDATE look SET state = 'accepted', lookedBy = 'a', lookedAt = 0;
            """,
            """
            INSERT INTO run VALUES ('RN', 'PL', zeroblob(32), 'valid', 'a', 0, NULL, NULL, NULL);
            INSERT INTO look VALUES ('RN', 'A1', 'T1/1', 'no-sigmoid', 'detected', NULL, 'open',
                NULL, NULL, 0, NULL);
            INSERT INTO answer VALUES ('T1', 'detected', 'T1/1', 'RN', 'proposed', 0, NULL, NULL);
            """,
        ])
    func refused(_ sql: String) throws {
        let store = try Store.inMemory(vault: StoreTests.vault)
        try store.write(stamp: StoreTests.stamp) {
            try $0.append(
                StoreTests.facts + [
                    .plateLaidOut(
                        PlateLaidOut(
                            plate: PlateID("PL"), layout: Self.layout, kit: .first, assay: "a",
                            version: "a@1"))
                ])
        }
        let error = #expect(throws: DatabaseError.self) {
            try store.writer.write { try $0.execute(sql: sql) }
        }
        #expect(error?.resultCode == .SQLITE_CONSTRAINT)
    }

    @Test("CONS-2: a look that nothing waits for is a breach")
    func idleLook() throws {
        let store = try Store.inMemory(vault: StoreTests.vault)
        try store.write(stamp: StoreTests.stamp) {
            try $0.append(
                StoreTests.facts + [
                    .plateLaidOut(
                        PlateLaidOut(
                            plate: PlateID("PL"), layout: Self.layout, kit: .first, assay: "a",
                            version: "a@1"))
                ])
        }
        try store.writer.write {
            try $0.execute(
                sql: """
                    UPDATE plate SET state = 'read';
                    INSERT INTO run VALUES
                        ('RN', 'PL', zeroblob(32), 'valid', 'a', 0, NULL, NULL, NULL);
                    INSERT INTO look VALUES ('RN', 'A1', 'T1/1', 'no-sigmoid', 'detected', NULL,
                        'open', NULL, NULL, 0, NULL);
                    """)
        }
        #expect(try store.read { try $0.violations() }.isEmpty)
        for sql in ["UPDATE run SET state = 'invalid'", "UPDATE request SET state = 'waiting'"] {
            try store.writer.write { try $0.execute(sql: sql) }
            #expect(try store.read { try $0.violations() }.contains { $0.rule == "CONS-2" })
        }
    }
}
