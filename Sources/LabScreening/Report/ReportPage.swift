/// A part of a report: a heading and HTML without styles, scripts or links of its own.
package struct PlannerSection: Codable, Hashable, Sendable {
    /// A short name, the same in every language.
    package let id: String
    package let title: String
    package let html: String
}

/// A report as one HTML file that needs nothing else.
enum ReportPage {
    static func html(
        _ title: String, _ parts: [PlannerSection], in words: ReportLanguage
    ) -> String {
        let sections = parts.map {
            "<section id=\"\($0.id)\"><h2>\(escaped($0.title))</h2>\($0.html)</section>"
        }
        return """
            <!DOCTYPE html>
            <html lang="\(words.rawValue)"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(escaped(title))</title><style>\(style)</style></head><body>
            <h1>\(escaped(title))</h1>
            \(sections.joined(separator: "\n"))
            </body></html>

            """
    }

    /// A spot of a colour before a word; no style of its own, which strict pages forbid.
    static func key(_ color: String) -> String {
        "<svg class=\"key\" viewBox=\"0 0 12 12\" aria-hidden=\"true\">"
            + "<rect width=\"12\" height=\"12\" fill=\"\(color)\" stroke=\"#777\"/></svg>"
    }

    private static let style = """
        body{font:15px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;color:#1b1b1b;max-width:920px;\
        margin:2em auto;padding:0 1em}
        h1{font-size:1.6em}h2{font-size:1.2em;border-bottom:1px solid #ccc;margin-top:2em}
        svg{width:100%;height:auto}svg text{font-size:11px;fill:#333}
        .grid{stroke:#ddd}.mark{stroke:#b30000;stroke-dasharray:4 3}
        .sampling{fill:#6baed6}.results{fill:#2ca25f}.work{fill:#8c6bb1}
        table{border-collapse:collapse;font-size:13px;margin:.6em 0}
        th,td{padding:2px 10px 2px 0;border-bottom:1px solid #eee;text-align:left;font-weight:400}
        thead th{font-weight:600;border-bottom:1px solid #999;vertical-align:bottom}
        .number{text-align:right;font-variant-numeric:tabular-nums}
        caption{text-align:left;font-weight:600;padding:.5em 0 .2em}
        .wide{overflow-x:auto}.legend span{margin-right:1.4em;font-size:13px}
        .legend .key{width:12px;height:12px;margin-right:5px;vertical-align:-1px}
        .tiles{list-style:none;display:flex;flex-wrap:wrap;gap:6px;padding:0}
        .tiles li{padding:8px 12px;border:1px solid #bbb;border-radius:4px;font-size:13px}
        .tiles .key{width:14px;height:14px;margin-right:5px;vertical-align:-2px}
        .answer{font-size:1.1em;padding:.6em .9em;background:#f3f6fa;border-left:4px solid #08519c}
        .answer.good{border-color:#14663a} .answer.warn{border-color:#b26a00}
        details{margin:.4em 0}summary{cursor:pointer;color:#08519c}
        @media print{body{margin:0;max-width:none}section{break-inside:avoid-page}}
        """
}
