// libcurl; LabExchange is the only target that sees it. `curl_easy_setopt` and `curl_easy_getinfo`
// take any kind of argument, which Swift cannot call: these name the kinds.
#include <curl/curl.h>

static inline CURLcode swabline_set_long(CURL *curl, CURLoption option, long value) {
    return curl_easy_setopt(curl, option, value);
}

static inline CURLcode swabline_set_text(CURL *curl, CURLoption option, const char *value) {
    return curl_easy_setopt(curl, option, value);
}

static inline CURLcode swabline_set_pointer(CURL *curl, CURLoption option, const void *value) {
    return curl_easy_setopt(curl, option, value);
}

typedef size_t (*swabline_write)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode swabline_set_write(CURL *curl, swabline_write write, void *context) {
    CURLcode code = curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, write);
    return code == CURLE_OK ? curl_easy_setopt(curl, CURLOPT_WRITEDATA, context) : code;
}

typedef size_t (*swabline_read)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode swabline_set_read(CURL *curl, swabline_read read, void *context) {
    CURLcode code = curl_easy_setopt(curl, CURLOPT_READFUNCTION, read);
    return code == CURLE_OK ? curl_easy_setopt(curl, CURLOPT_READDATA, context) : code;
}

static inline long swabline_response_code(CURL *curl) {
    long code = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
    return code;
}
