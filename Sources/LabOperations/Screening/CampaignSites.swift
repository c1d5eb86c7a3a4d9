internal import LabDomain
internal import LabSimulation
internal import LabStore

/// The sites of a scenario as sampling desks, couriers and suppliers need them.
///
/// Tubes of a site: for each class its people over the people in a tube, rounded up, one more for
/// every hour open (a tube that does not fill is closed at its time-out), and five in a hundred to
/// spare. Barcodes follow each other from site to site.
struct CampaignSites {
    private let scenario: Scenario
    private let format: BarcodeFormat?

    /// The sites of a scenario, with barcodes of a format; nil gives none.
    init(_ scenario: Scenario, _ format: BarcodeFormat?) {
        self.scenario = scenario
        self.format = format
    }

    /// All sites; the first tube has a number.
    /// - Throws: `Refusal` when the format has fewer codes than tubes are needed.
    func sites(firstTube: Int) throws -> [CampaignSite] {
        var next = firstTube
        var sites: [CampaignSite] = []
        var names: Set<String> = []
        for district in scenario.districts {
            let weights = district.sites.reduce(0) { $0 + $1.weight }
            let people = Double(district.people) * district.turnout
            for (place, site) in district.sites.enumerated() {
                let expected = weights > 0 ? people * site.weight / weights : 0
                let tubes = self.tubes(for: expected, in: district)
                let (courier, laboratory) = self.courier(of: place, in: district)
                sites.append(
                    CampaignSite(
                        number: sites.count + 1, name: unique(district, place + 1, &names),
                        district: local(district), people: Int(expected.rounded()),
                        lines: site.lines, tubes: tubes, firstTube: try code(next),
                        lastTube: try code(next + tubes - 1), courier: courier,
                        pickUps: pickUps(district, place), laboratory: laboratory))
                next += tubes
            }
        }
        return sites
    }

    private func local(_ district: Scenario.District) -> String {
        district.localName.isEmpty ? district.name : district.localName
    }

    private func unique(
        _ district: Scenario.District, _ number: Int, _ names: inout Set<String>
    ) -> String {
        var name = "\(local(district)) \(number)"
        if !names.insert(name).inserted {
            name = "\(district.name) \(number)"
            var turn = 2
            while !names.insert(name).inserted {
                name = [district.name, "(\(turn))", "\(number)"].joined(separator: " ")
                turn += 1
            }
        }
        return name
    }

    private func tubes(for people: Double, in district: Scenario.District) -> Int {
        let hours = scenario.sampling.profile.count * days(of: district)
        let tubes = district.classes.reduce(0.0) { sum, part in
            guard part.value > 0 else { return sum }
            let inTube = Double((scenario.tubes[part.key] ?? .single).peopleInTube)
            return sum + (people * part.value / inTube).rounded(.up)
        }
        return Int((1.05 * (tubes + Double(hours))).rounded(.up))
    }

    private func days(of district: Scenario.District) -> Int {
        (district.days ?? scenario.sampling.days).count
    }

    /// Couriers share the sites by turns; their laboratories are in the routes' shares.
    private func courier(
        of site: Int, in district: Scenario.District
    ) -> (name: String, laboratory: String) {
        let couriers = max(1, district.couriers)
        let courier = couriers <= district.sites.count ? site % couriers : site
        let routes = district.routes.filter { $0.share > 0 }
        let total = routes.reduce(0) { $0 + $1.share }
        let place = (Double(courier % couriers) + 0.5) / Double(couriers) * total
        var sum = 0.0
        let route = routes.first { route in
            sum += route.share
            return place <= sum
        }
        let laboratory = (route ?? routes.last).map { scenario.laboratories[$0.laboratory].name }
        return ("\(local(district)) \(courier + 1)", laboratory ?? "")
    }

    /// The rounds of a site's courier by the clock, from the first full hour of tubes to one after
    /// the site closes.
    private func pickUps(_ district: Scenario.District, _ site: Int) -> String {
        let transport = scenario.transport
        let couriers = max(1, min(district.couriers, district.sites.count))
        let stops = (district.sites.count + couriers - 1) / couriers
        let trip = (district.routes.map(\.minutes).max() ?? 0) * transport.slowMost
        let period = max(5, transport.interval, Double(stops) * transport.stop + 2 * trip)
        let opens = scenario.sampling.opens
        let closes = opens + 60 * Double(scenario.sampling.profile.count)
        let after = Double(site / couriers) * transport.stop
        var times: [String] = []
        var time = opens + period
        while time < closes + period, times.count < 48 {
            times.append(Self.clock(time + after))
            time += period
        }
        return times.joined(separator: " ")
    }

    private static func clock(_ minutes: Double) -> String {
        let whole = Int(minutes.rounded()) % 1_440
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return two(whole / 60) + ":" + two(whole % 60)
    }

    /// The barcode with a number: prefix, digits, check character.
    private func code(_ number: Int) throws -> String {
        guard let format else { return "" }
        let digits = String(number)
        let room = format.length - format.prefix.count - (format.check == .none ? 0 : 1)
        guard digits.count <= room else {
            throw Refusal(
                .rule, "The barcodes of the supplier \(format.supplier) are too few.",
                remedy: "Begin with a smaller number, or name no first tube.")
        }
        let body = format.prefix + String(repeating: "0", count: room - digits.count) + digits
        if format.check == .none { return body }
        for check in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" {
            if let code = try? BarcodeFormat.read(body + String(check), under: [format]) {
                return code.text
            }
        }
        throw Refusal(
            .rule, "The barcodes of the supplier \(format.supplier) cannot be counted up.",
            remedy: "Name no first tube, and bring the tubes' numbers with their labels.")
    }
}
