internal import LabDomain
internal import LabExchange
internal import LabProgramme
internal import LabTables

extension Receiver {
    /// Looks at the table of codes which the settings hold.
    /// - Throws: `Refusal` with every line of the settings where it is wrong.
    func checkCodes(laboratory oid: String) throws {
        do throws(CodeFaults) {
            _ = try CodeTables(codes, laboratory: oid)
        } catch {
            guard case .table(_, _, let line) = codes.source else { throw error }
            throw Refusal(error, in: "code_table", from: line)
        }
    }
}

/// The file of codes beside a receiver's settings, on its way into them.
package enum CodeFileBeside {
    /// The file that settings name and do not hold yet; nil where they need none.
    package static func name(in settings: String) -> String? { Receiver.codeFile(of: settings) }

    /// The settings that hold the file.
    /// - Parameters:
    ///   - settings: YAML that names the file.
    ///   - file: The bytes of the file, in any encoding that tables may have.
    ///   - name: Its name, as complaints shall show it.
    /// - Returns: The settings to adopt.
    /// - Throws: `Refusal` with every line of the file that is wrong.
    package static func settings(
        _ settings: String, holding file: [UInt8], named name: String
    ) throws -> String {
        guard file.count <= 256 << 10 else {
            throw Refusal(
                .badData, "The table of codes is longer than 256 KiB.",
                remedy: "Leave what reports do not use out of it.")
        }
        let text: String
        do {
            text = String(decoding: try TextDecoding.decode(file).utf8, as: UTF8.self)
        } catch {
            throw Refusal(
                .badData, "The table of codes is no text in a known encoding.",
                remedy: "Save it as CSV in UTF-8.")
        }
        do throws(CodeFaults) {
            try CodeTables.check(text, name: name)
        } catch {
            throw Refusal(error, in: name)
        }
        return Receiver.settings(settings, holding: text, named: name)
    }
}

extension Refusal {
    /// A table whose first line stands behind a line of something else.
    fileprivate init(_ codes: CodeFaults, in subject: String, from line: Int = 0) {
        self.init(
            .badData, "The table of codes is faulty; nothing was changed.",
            remedy: "Mend these lines, then adopt the settings again.",
            places: codes.faults.map {
                Place(
                    line: line + max($0.line, 1), subject: subject, code: "codes",
                    message: Wording(plain: $0.message), remedy: "")
            })
    }
}
