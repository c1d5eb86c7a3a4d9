import LabOperations
import Mustache
import Testing

@testable import LabWeb

@Suite("What templates see of a model")
struct ShownTests {
    private struct Row {
        let name: String
        let note: String?
    }

    private struct Inner {
        let unit: String
    }

    private struct Model {
        let title = "tubes & pools"
        let count = 3
        let isOpen = true
        let isLate = false
        let missing: String? = nil
        let due: String? = "09:30"
        let nothing: Inner? = nil
        let inner: Inner? = Inner(unit: "D01")
        let codes = ["A1", "B2"]
        let none: [Row] = []
        let rows = [Row(name: "one", note: nil), Row(name: "two", note: "<late>")]
    }

    @Test(
        "A model looks to a template as the template library's own reflection has it",
        arguments: [
            "{{title}} {{count}} {{missing}}|{{due}}",
            "{{#isOpen}}open{{/isOpen}}{{^isOpen}}shut{{/isOpen}}{{#isLate}}late{{/isLate}}",
            "{{#missing}}some{{/missing}}{{^missing}}none{{/missing}}{{#due}}at {{due}}{{/due}}",
            "{{#inner}}{{unit}} {{title}}{{/inner}}{{#nothing}}{{unit}}{{/nothing}}{{inner.unit}}",
            "{{#codes}}{{.}},{{/codes}}{{#none}}{{name}}{{/none}}{{^none}}empty{{/none}}",
            "{{#rows}}{{name}}:{{#note}}{{note}}{{/note}}{{^note}}-{{/note}} {{count}};{{/rows}}",
            "{{#rows}}{{^last()}}{{name}}, {{/last()}}{{#last()}}{{name}}{{/last()}}{{/rows}}",
            "{{inner}}{{{title}}}",
        ])
    func asReflected(_ template: String) throws {
        let own = try MustacheTemplate(string: template)
        let shown = try #require(Shown.value(Model()))
        #expect(own.render(shown) == own.render(Model()))
        #expect(!own.render(shown).isEmpty)
    }

    @Test("A text is escaped in elements and attributes, in partials too")
    func escaping() {
        #expect(escaped("a < b & \"c\" > 'd'") == "a &lt; b &amp; &quot;c&quot; &gt; &#39;d&#39;")
        #expect(escaped("采样管 ¿?") == "采样管 ¿?")
        // A combining mark after it makes no other sign out of a bracket.
        #expect(escaped("<\u{338}script>") == "&lt;\u{338}script&gt;")
    }
}
