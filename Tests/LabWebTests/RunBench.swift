import HTTPTypes
import LabDomain
import LabOperations
import LabWeb
import Synchronization

/// A laboratory with tubes, pools and plates, for the pages that show results.
final class RunBench: Sendable {
    let web: WebBench
    static let technician = Role.technician.rawValue
    static let supervisor = Role.supervisor.rawValue

    /// How many commands were given, where they are to be the same every time.
    private let given: Mutex<Int>?

    /// A laboratory; a repeatable one draws the same identifiers every time it is made.
    init(isRepeatable: Bool = false) throws {
        web = try WebBench()
        given = isRepeatable ? Mutex(0) : nil
    }

    /// The same in a laboratory that is there.
    init(_ web: WebBench) {
        self.web = web
        given = nil
    }

    var laboratory: Laboratory { web.laboratory }

    @discardableResult
    func perform<Asked: Command>(
        _ command: Asked, as handle: String = technician, hoursAgo: Int = 0
    ) throws -> Asked.Answer {
        let key = given?.withLock { number in
            number += 1
            return "command-\(number)"
        }
        return try laboratory.perform(
            command, as: handle, key: key, at: web.now.advanced(by: .hours(-hoursAgo))
        ).answer
    }

    /// Registers and receives tubes: the kind and the people in each, numbered from `first`.
    func receive(
        _ tubes: [(kind: String, people: Int)], box: String = "B1", unit: String = "Unit 1",
        site: String = "Gate",
        first: Int = 1, hoursAgo: Int = 0
    ) throws {
        var lines = [
            "tube,kind,unit,site,box,collected_at,risk,name,document_number,telephone,address,place"
        ]
        var person = first * 100
        for (index, tube) in tubes.enumerated() {
            let start = [
                WebBench.barcode(first + index), tube.kind, unit, site, box,
                Zone.china.text(web.now.advanced(by: .hours(-hoursAgo))),
                "low",
            ]
            if tube.kind == "environment" {
                lines.append((start + ["", "", "", "", "door"]).joined(separator: ","))
            }
            for _ in 0..<tube.people {
                lines.append(
                    (start + [
                        "Person \(person)", try WebBench.document(person),
                        "1021\(1_000_000 + person)",
                        "Compound \(person)", "",
                    ]).joined(separator: ","))
                person += 1
            }
        }
        try perform(
            RegisterManifest(file: Array(lines.joined(separator: "\n").utf8), mode: .allOrNothing),
            hoursAgo: hoursAgo)
        try perform(ReceiveBox(box: box, scans: nil, goodOnly: false), hoursAgo: hoursAgo)
    }

    func layOut(_ kit: KitRole = .first) throws -> PlateID {
        try perform(LayOutPlate(kit: kit)).plate
    }

    static let negative: [Double?] = [nil, nil, 25]
    static let positive: [Double?] = [25, 24, 25]

    /// A run's file: each sample's channels by `cqs`, controls as they must be or not.
    func file(_ plate: PlateID, isContaminated: Bool = false, cqs: (String) -> [Double?]) throws
        -> String
    {
        let worklist = try laboratory.worklist(of: plate, as: Self.technician)
        var lines = ["plate,well,target,cq"]
        for well in worklist.wells {
            let values: [Double?] =
                switch ControlKind(rawValue: well.content) {
                case .weakPositive?, .kitPositive?: [30, 30, 25]
                case .negative? where isContaminated: [33, nil, 25]
                case .negative?, .kitNegative?: [nil, nil, 25]
                case nil: cqs(well.code)
                }
            for (channel, cq) in zip(worklist.channels, values) {
                lines.append(
                    "\(plate),\(well.well),\(channel),\(cq.map { String($0) } ?? "Undetermined")")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Lays out a plate and imports its run as the technician.
    @discardableResult
    func test(
        _ kit: KitRole = .first, isContaminated: Bool = false, cqs: (String) -> [Double?]
    ) throws -> PlateID {
        let plate = try layOut(kit)
        let text = try file(plate, isContaminated: isContaminated, cqs: cqs)
        try perform(ImportRun(file: Array(text.utf8), plate: plate))
        return plate
    }

    func review(_ plate: PlateID) throws {
        try perform(ReviewRun(plate: plate), as: Self.supervisor)
    }
}

extension Browser {
    /// Sends a form with a file, as a browser would.
    func upload(_ path: String, file: [UInt8], fields: [String: String] = [:]) async throws
        -> Seen
    {
        var body: [UInt8] = []
        for (name, value) in fields.merging(["csrf": try await token()], uniquingKeysWith: { $1 }) {
            body += Array(
                "--mark\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
                    .utf8)
        }
        body += Array(
            ("--mark\r\nContent-Disposition: form-data; name=\"file\"; filename=\"run.csv\"\r\n"
                + "Content-Type: text/csv\r\n\r\n").utf8)
        body += file + Array("\r\n--mark--\r\n".utf8)
        return try await ask(
            .post, path, body: body, type: "multipart/form-data; boundary=mark")
    }
}
