internal import LabDomain

/// Rules across a message that neither the schema nor the profile's declarations state: what NIST's
/// program checks in its own classes, and what receivers refuse besides.
struct MessageRules {
    private let number: Int
    private var findings: [HL7Finding] = []
    /// The segments of the order that is read, from its OBR on.
    private var order: [HL7Segment] = []

    /// What the rules find in a message.
    /// - Parameters:
    ///   - message: The message.
    ///   - number: Its place in its file, from 1.
    /// - Returns: The findings, the header's first.
    static func findings(in message: HL7Message, number: Int) -> [HL7Finding] {
        var rules = MessageRules(number: number)
        rules.checkHeader(message)
        rules.checkNumbers(message)
        for segment in message.segments where segment.name == "OBX" { rules.checkResult(segment) }
        for segment in message.segments {
            if segment.name == "OBR" { rules.finishOrder() }
            if segment.name == "OBR" || !rules.order.isEmpty { rules.order.append(segment) }
        }
        rules.finishOrder()
        return rules.findings
    }

    private init(number: Int) {
        self.number = number
    }

    mutating func add(
        _ rule: String, _ segment: HL7Segment, _ field: String, _ words: Wording, remedy: Wording,
        _ level: HL7Finding.Level = .error
    ) {
        findings.append(
            HL7Finding(
                level, rule: rule, message: number, line: segment.line == 0 ? nil : segment.line,
                place: "\(segment.name)\(field)", words, remedy: remedy))
    }

    // MARK: - The whole message

    private mutating func checkHeader(_ message: HL7Message) {
        let header = message.header
        let profiles = header[21].repetitions
        let names: Set = ["PHLabReport-Ack", "PHLabReport-NoAck", "PHLabReport-Batch"]
        if !profiles.contains(where: { names.contains($0[1].text) }) {
            add(
                "ELR-021", header, "-21.1", "no profile of laboratory reports is named",
                remedy: "name PHLabReport-NoAck, PHLabReport-Ack or PHLabReport-Batch")
        }
        if !profiles.contains(where: { $0[3].text == "2.16.840.1.113883.9.11" }) {
            add(
                "ELR-022", header, "-21.3", "the profile's object identifier is missing",
                remedy: "write 2.16.840.1.113883.9.11")
        }
        let answers = profiles.contains { $0[1].text == "PHLabReport-Ack" }
        if answers ? header.text(15) != "AL" : !["", "NE"].contains(header.text(15)) {
            add(
                "ELR-019", header, "-15", "it does not fit the profile that is named",
                remedy: "write AL for PHLabReport-Ack and NE for the others")
        }
        if message.segments("SPM").isEmpty {
            add(
                "ELR-064", header, "", "no specimen is told of in the whole message",
                remedy: "send SPM behind the results of its order")
        }
        checkAge(message)
    }

    private mutating func checkAge(_ message: HL7Message) {
        guard let person = message.segments("PID").first, person[7].isEmpty else { return }
        let afterSpecimen = message.segments.drop { $0.name != "SPM" }
        if !afterSpecimen.contains(where: { $0.name == "OBX" }) {
            add(
                "ELR-027", person, "-7", "neither birth date nor age is told",
                remedy: "send PID-7, or the age as OBX behind SPM")
        }
    }

    private mutating func checkNumbers(_ message: HL7Message) {
        var seen: Set<HL7Value> = []
        for (place, order) in message.segments("OBR").enumerated() {
            if order.text(1) != "\(place + 1)" { addSequence("ELR-039", order) }
            let number = order[3].first
            if !number.isEmpty, !seen.insert(number).inserted {
                add(
                    "ELR-040", order, "-3", "another order of the message has the same number",
                    remedy: "give each order of a message a filler number of its own")
            }
        }
        var note = 0
        for segment in message.segments {
            note = segment.name == "NTE" ? note + 1 : 0
            if note > 0, segment.text(1) != "\(note)" { addSequence("ELR-053", segment) }
        }
    }

    private mutating func addSequence(_ rule: String, _ segment: HL7Segment) {
        add(
            rule, segment, "-1", "the segments are not numbered 1, 2, 3 in their group",
            remedy: "number them from 1")
    }

    // MARK: - One order

    private mutating func finishOrder() {
        guard let request = order.first else { return }
        let specimens = order.filter { $0.name == "SPM" }
        if specimens.count > 1 {
            add(
                "one-specimen", specimens[1], "", "the order has more than one specimen",
                remedy: "send an order for each specimen")
        }
        var result = 0
        var isBehindSpecimen = false
        for segment in order {
            if segment.name == "SPM" {
                (isBehindSpecimen, result) = (true, 0)
                checkTime(segment, "-17.1", segment[17].first[1][1].text, of: request)
            }
            guard segment.name == "OBX" else { continue }
            result += 1
            if segment.text(1) != "\(result)" {
                addSequence(isBehindSpecimen ? "ELR-068" : "ELR-048", segment)
            }
            if !isBehindSpecimen { checkTime(segment, "-14", segment.text(14), of: request) }
        }
        checkCode(request, 4)
        checkTable(request, 25, ["O", "I", "S", "A", "P", "C", "R", "F", "X", "Y", "Z"])
        if Self.isEarlier(request.text(22), than: request.text(7)) {
            add(
                "time-order", request, "-22", "it was reported before it was collected",
                remedy: "correct the time of collection or of the report")
        }
        order = []
    }

    private mutating func checkTime(
        _ segment: HL7Segment, _ field: String, _ time: String, of request: HL7Segment
    ) {
        let collected = request.text(7)
        if time.isEmpty || collected.isEmpty || time == collected { return }
        add(
            "same-time", segment, field, "it is not the time of collection of its order (OBR-7)",
            remedy: "write the same time in OBR-7, OBX-14 and SPM-17.1; 0000 where it is unknown")
    }

    // MARK: - One result

    private mutating func checkResult(_ result: HL7Segment) {
        let type = result.text(2)
        let values = result[5].repetitions.filter { !$0.isEmpty }
        let isCancelled = result.text(11) == "X"
        if values.isEmpty, result[8].isEmpty, !isCancelled {
            add(
                "no-result", result, "-5", "there is no result, and it is not cancelled",
                remedy: "send OBX-5 or OBX-8, or X in OBX-11")
        }
        if !values.isEmpty {
            if type.isEmpty {
                add(
                    "result-type", result, "-2", "the type of the result is not named",
                    remedy: "name the data type of OBX-5, such as CWE or NM")
            } else if HL7Tables.shipped.type(named: type) == nil {
                add(
                    "result-type", result, "-2", "HL7 2.5.1 has no such data type",
                    remedy: "name the data type of OBX-5, such as CWE or NM")
            } else if type == "NM", values.contains(where: { Double($0.text) == nil }) {
                add(
                    "result-type", result, "-5", "it is no number, as OBX-2 says",
                    remedy: "write digits with a point, or another type in OBX-2")
            }
        }
        checkCode(result, 3)
        checkTable(
            result, 11, ["C", "D", "F", "I", "N", "O", "P", "R", "S", "U", "W", "X"])
        if Self.isEarlier(result.text(19), than: result.text(14)) {
            add(
                "time-order", result, "-19", "it was tested before it was collected",
                remedy: "correct the time of collection or of the test")
        }
    }

    /// What was asked or measured must be a LOINC code of sound form.
    private mutating func checkCode(_ segment: HL7Segment, _ field: Int) {
        let value = segment[field].first
        let codes = [(1, 3), (4, 6)].filter { value[$0.1].text == "LN" }
        if codes.isEmpty, !value.isEmpty {
            add(
                "loinc", segment, "-\(field)", "it has no LOINC code",
                remedy: "map the test to LOINC; receivers cannot place it otherwise", .note)
        }
        for (code, system) in codes where !Self.isLOINC(value[code].text) {
            add(
                system == 3 ? "ELR-069" : "ELR-070", segment, "-\(field).\(code)",
                "it has not the form of a LOINC code, whose last digit checks the others",
                remedy: "compare it with the list of LOINC")
        }
    }

    private mutating func checkTable(
        _ segment: HL7Segment, _ field: Int, _ codes: Set<String>
    ) {
        let code = segment.text(field)
        if code.isEmpty || codes.contains(code) { return }
        add(
            "code", segment, "-\(field)", "it is no code of the field's table",
            remedy: "write one of: \(codes.sorted().joined(separator: " "))")
    }

    /// Whether a text is a LOINC number, with its check digit (modulus 10, as LOINC's guide has
    /// it: every other digit from the last one doubled).
    static func isLOINC(_ text: String) -> Bool {
        guard let match = text.wholeMatch(of: /([0-9]{1,7})-([0-9])/) else { return false }
        let digits = match.output.1.reversed().compactMap(\.wholeNumberValue)
        let sum = digits.enumerated().reduce(0) { sum, digit in
            let value = digit.offset % 2 == 0 ? digit.element * 2 : digit.element
            return sum + value / 10 + value % 10
        }
        return Int(match.output.2) == (10 - sum % 10) % 10
    }

    /// Whether one time is earlier than another of the same precision and zone.
    private static func isEarlier(_ one: String, than other: String) -> Bool {
        func parts(_ text: String) -> (Substring, Substring) {
            let time = text.prefix { $0.isASCII && $0.isNumber }
            return (time, text[time.endIndex...])
        }
        let (first, second) = (parts(one), parts(other))
        guard first.0.count == second.0.count, first.1 == second.1 else { return false }
        return first.0 < second.0
    }
}
