/* A bare libxml2 writer loop: reads documents once, then writes them again and again. */
#include <libxml/parser.h>
#include <libxml/xmlwriter.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { START, TEXT, END };
typedef struct { int what; const xmlChar *text; const xmlChar *space; } Step;
typedef struct { Step *steps; size_t count, room; } Script;

static void add(Script *script, int what, const xmlChar *text, const xmlChar *space) {
    if (script->count == script->room) {
        script->room = script->room ? 2 * script->room : 512;
        script->steps = realloc(script->steps, script->room * sizeof(Step));
        if (!script->steps) exit(2);
    }
    script->steps[script->count++] = (Step){what, text, space};
}

static void record(Script *script, xmlNodePtr node, int is_root) {
    for (; node; node = is_root ? NULL : node->next) {
        if (node->type == XML_TEXT_NODE && !xmlIsBlankNode(node)) {
            add(script, TEXT, xmlStrdup(node->content), NULL);
        } else if (node->type == XML_ELEMENT_NODE) {
            add(script, START, xmlStrdup(node->name),
                node->nsDef ? xmlStrdup(node->nsDef->href) : NULL);
            record(script, node->children, 0);
            add(script, END, NULL, NULL);
        }
    }
}

static void check(int code) { if (code < 0) exit(2); }

static void play(const Script *script) {
    xmlBufferPtr buffer = xmlBufferCreate();
    xmlTextWriterPtr writer = xmlNewTextWriterMemory(buffer, 0);
    check(xmlTextWriterSetIndent(writer, 1));
    check(xmlTextWriterSetIndentString(writer, BAD_CAST "  "));
    check(xmlTextWriterStartDocument(writer, "1.0", "UTF-8", NULL));
    for (size_t i = 0; i < script->count; i++) {
        const Step *step = &script->steps[i];
        switch (step->what) {
        case START:
            check(xmlTextWriterStartElement(writer, step->text));
            if (step->space) {
                check(xmlTextWriterWriteAttribute(writer, BAD_CAST "xmlns", step->space));
            }
            break;
        case TEXT: check(xmlTextWriterWriteString(writer, step->text)); break;
        default: check(xmlTextWriterEndElement(writer));
        }
    }
    check(xmlTextWriterEndDocument(writer));
    xmlFreeTextWriter(writer);
    const char *bytes = (const char *)xmlBufferContent(buffer);
    size_t left = xmlBufferLength(buffer);
    while (left > 0) {
        ssize_t written = write(STDOUT_FILENO, bytes, left);
        if (written <= 0) exit(2);
        bytes += written;
        left -= (size_t)written;
    }
    xmlBufferFree(buffer);
}

/* write_messages FILE COUNT: FILE holds documents one after the other. */
int main(int argc, char **argv) {
    if (argc != 3) return 2;
    FILE *file = fopen(argv[1], "rb");
    if (!file) return 2;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = malloc((size_t)size + 1);
    if (!text || fread(text, 1, (size_t)size, file) != (size_t)size) return 2;
    text[size] = 0;
    Script *scripts = NULL;
    size_t documents = 0;
    for (char *start = text; start;) {
        char *next = strstr(start + 1, "<?xml");
        long length = next ? next - start : (text + size) - start;
        xmlDocPtr document = xmlReadMemory(start, (int)length, NULL, NULL, XML_PARSE_NONET);
        if (!document) return 2;
        scripts = realloc(scripts, (documents + 1) * sizeof(Script));
        if (!scripts) return 2;
        memset(&scripts[documents], 0, sizeof(Script));
        record(&scripts[documents++], xmlDocGetRootElement(document), 1);
        xmlFreeDoc(document);
        start = next;
    }
    long count = atol(argv[2]);
    for (long i = 0; i < count; i++) play(&scripts[(size_t)i % documents]);
    return 0;
}
