internal import Foundation
package import LabDomain
internal import LabExchange
internal import LabStore

extension DemoDay {
    /// Somebody of the demo with the one-time password by which they sign in.
    package struct Account: Sendable {
        package let handle: String
        package let role: Role
        package let password: String
    }

    /// Leaves the laboratory in the middle of a working day that ends at `present`: one site's
    /// results are overdue, one's are due soon, and one's boxes have just come.
    /// - Returns: everybody who can sign in.
    package mutating func leaveAtWork(at present: Timestamp) throws -> [Account] {
        say("")
        say("-- Today: work that waits for you --")
        try hireForToday(at: present.advanced(by: .hours(-17)))
        try overdue(before: present)
        try dueSoon(before: present)
        try justCome(before: present)
        now = present
        return try Self.accounts(of: laboratory, at: present)
    }

    /// One-time passwords for everybody who can sign in.
    static func accounts(of laboratory: Laboratory, at present: Timestamp) throws -> [Account] {
        try laboratory.staff(as: administrator).filter {
            !$0.isRetired && $0.role.may(.signIn)
        }.map {
            Account(
                handle: $0.handle, role: $0.role,
                password: try laboratory.issuePassword(
                    for: $0.handle, as: administrator, at: present))
        }
    }

    private mutating func hireForToday(at time: Timestamp) throws {
        now = time
        let others: [(String, Role, Scope)] = [
            ("zhao.min", .supervisor, .laboratory),
            ("chen.jie", .collector, .site(DemoCity.sites[2].name)),
            ("fu.liang", .sendingUnit, .unit(DemoCity.sites[2].unit)),
            ("sun.wei", .planner, .laboratory),
        ]
        for (handle, role, scope) in others {
            try perform(
                AddPerson(handle: handle, role: role, name: nil, scope: scope),
                as: Self.administrator)
        }
    }

    /// Received twelve and a half hours ago: all released but one box, which nobody tested.
    private mutating func overdue(before present: Timestamp) throws {
        let tubes = try collect(
            site: 0, opened: present.advanced(by: .hours(-16)),
            received: present.advanced(by: .minutes(-750)))
        let forgotten = tubes.filter { $0.box.hasSuffix("-S2") || $0.kind == "environment" }
        let rest = Set(tubes.map(\.id)).subtracting(forgotten.map(\.id))
        let singles = tubes.filter { $0.kind == "1:1" && rest.contains($0.id) }
        try poolInTens(singles)
        for plate in try layOutToday(only: rest) { try readToday(plate) }
        for run in try laboratory.reviews(as: Self.supervisor) {
            try perform(ReviewRun(plate: run.plate), as: Self.supervisor)
        }
        _ = try? perform(Release(.negatives), as: Self.supervisor)
        tell("\(DemoCity.sites[0].unit): \(forgotten.count) tubes are past their 12 hours.")
    }

    /// Received ten and a half hours ago: one plate read and not reviewed, one not read.
    private mutating func dueSoon(before present: Timestamp) throws {
        let tubes = try collect(
            site: 1, opened: present.advanced(by: .hours(-14)),
            received: present.advanced(by: .minutes(-630)))
        try poolInTens(tubes.filter { $0.kind == "1:1" })
        let own = Set(tubes.map(\.id))
        let mixed = Set(tubes.filter { $0.kind == "10:1" }.map(\.id))
        for plate in try layOutToday(only: mixed) { try readToday(plate) }
        for plate in try layOutToday(only: own) {
            let name = "runs/today-\(plate).csv"
            try write(try runFile(of: plate), to: name)
            tell("Plate \(plate) waits for its run: \(directory)/\(name)")
        }
    }

    /// Registered an hour ago and not received; one manifest is not even registered.
    private mutating func justCome(before present: Timestamp) throws {
        now = present.advanced(by: .hours(-1))
        var city = today(site: 2, opened: present.advanced(by: .hours(-4)))
        let tubes = city.tubes.filter { $0.site == 2 }
        let later = tubes.filter { $0.box.hasSuffix("-S2") }
        let rows = DemoCity.rows(of: tubes.filter { !$0.box.hasSuffix("-S2") })
        try perform(RegisterManifest(file: ManifestFile.write(rows), mode: .allOrNothing))
        var faulty = DemoCity.rows(of: later)
        try write(ManifestFile.write(faulty), to: "manifests/today.csv")
        let number = faulty[2][.documentNumber] ?? ""
        faulty[2][.documentNumber] = String(number.dropLast()) + (number.last == "1" ? "2" : "1")
        faulty[5][.risk] = "lowish"
        try write(ManifestFile.write(faulty), to: "manifests/today-faulty.csv")
        let box = tubes.filter { $0.box.hasSuffix("-S1") }
        let scans = box.map(\.id.text).joined(separator: "\n") + "\n"
        try write(Array(scans.utf8), to: "scans-\(box.first?.box ?? "").txt")
        tell("Box \(box.first?.box ?? "") is at the reception: \(box.count) tubes to scan,")
        tell("  their codes are in \(directory)/scans-\(box.first?.box ?? "").txt")
        tell("\(directory)/manifests/today.csv and today-faulty.csv wait to be registered.")
        city.tubes.removeAll { $0.site != 2 }
        loads.merge(city.loads) { _, new in new }
    }

    private func today(site: Int, opened: Timestamp) -> DemoCity {
        DemoCity(seed: city.seed &+ UInt64(site) &+ 1, opening: opened, mark: "T")
    }

    /// A site's tubes, collected, registered and received.
    private mutating func collect(
        site: Int, opened: Timestamp, received: Timestamp
    ) throws -> [DemoCity.FilledTube] {
        let city = today(site: site, opened: opened)
        let tubes = city.tubes.filter { $0.site == site }
        loads.merge(city.loads) { _, new in new }
        now = received.advanced(by: .minutes(-20))
        let file = ManifestFile.write(DemoCity.rows(of: tubes))
        try perform(RegisterManifest(file: file, mode: .allOrNothing))
        now = received
        for box in Set(tubes.map(\.box)).sorted() {
            try perform(ReceiveBox(box: box, scans: nil, goodOnly: false))
        }
        return tubes
    }

    private mutating func poolInTens(_ tubes: [DemoCity.FilledTube]) throws {
        let low = tubes.filter { $0.risk == .low }
        let pools = stride(from: 0, to: low.count - low.count % 10, by: 10).map { start in
            FormPools.Named(tubes: low[start..<start + 10].map(\.id.text), scheme: nil)
        }
        now = now.advanced(by: .minutes(30))
        try perform(FormPools(.named(pools)))
    }

    /// Plates with what waits of these tubes and of the pools that hold them.
    private mutating func layOutToday(only tubes: Set<TubeID>) throws -> [PlateID] {
        now = now.advanced(by: .minutes(10))
        var plates: [PlateID] = []
        let waiting = try laboratory.store.read { view in
            try view.requestsToPlate(with: .first).filter { request in
                switch request.of {
                case .tube(let tube): tubes.contains(tube)
                case .pool(let pool):
                    try view.pool(pool)?.members.contains { tubes.contains($0.id) } ?? false
                }
            }.map(\.of.text)
        }
        var rest = waiting[...]
        while !rest.isEmpty {
            let part = Array(rest.prefix(80))
            rest = rest.dropFirst(part.count)
            plates.append(try perform(LayOutPlate(kit: .first, only: part)).plate)
        }
        return plates
    }

    private mutating func readToday(_ plate: PlateID) throws {
        let file = try runFile(of: plate)
        now = now.advanced(by: .minutes(90))
        try perform(ImportRun(file: file, plate: plate))
    }

    private mutating func runFile(of plate: PlateID) throws -> [UInt8] {
        let worklist = try laboratory.worklist(of: plate, as: Self.technician)
        let loads = loads
        return bench.read(worklist, load: { loads[$0] }, isContaminated: false)
    }
}
