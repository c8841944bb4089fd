import { NodeProgram, type NodeProgramType } from "sigma/rendering";
import type { NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";
import { componentKeys, type ComponentKey } from "@/components/fingerprint/components";
import { channels } from "./graph-colours";

/** What the program reads of a node, beside sigma's own. */
export type ShapeData = { component: ComponentKey; angle: number };

const vertexShader = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute float a_turn;
attribute float a_corner;

uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;

varying vec4 v_color;
varying vec2 v_place;
varying float v_pixel;
varying float v_shape;

const float bias = 255.0 / 254.0;

void main() {
  float size = a_size * u_correctionRatio / u_sizeRatio * 4.0;
  // the triangle holds a circle of 1.4 radii, and with it every shape
  vec2 corner = 1.4 * size * vec2(cos(a_corner), sin(a_corner));
  gl_Position = vec4((u_matrix * vec3(a_position + corner, 1)).xy, 0, 1);
  // in radii of the node, turned so that its own direction is to the right
  vec2 place = 2.0 * corner / size;
  v_place = vec2(place.x * cos(a_turn) + place.y * sin(a_turn), place.y * cos(a_turn) - place.x * sin(a_turn));
  v_pixel = u_correctionRatio * 4.0 / size;
  v_shape = a_shape;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= bias;
}`;

const fragmentShader = /* glsl */ `
precision highp float;

varying vec4 v_color;
varying vec2 v_place;
varying float v_pixel;
varying float v_shape;

uniform vec3 u_ground;

float dotsAt(vec2 p) {
  float a = length(p - vec2(0.66, 0.0));
  float b = length(p - vec2(-0.42, 0.68));
  float c = length(p - vec2(-0.42, -0.68));
  return min(a, min(b, c)) - 0.46;
}

void main(void) {
  float away = length(v_place) - 1.0;
  #ifdef PICKING_MODE
  if (away > 0.3) discard;
  gl_FragColor = v_color;
  #else
  float edge = away;
  if (v_shape > 2.5) edge = dotsAt(v_place);
  else if (v_shape > 1.5) edge = max(abs(v_place.x) - 1.25, abs(v_place.y) - 0.42);
  else if (v_shape > 0.5) edge = abs(length(v_place) - 0.76) - 0.24;
  float ink = 1.0 - smoothstep(-0.5 * v_pixel, 0.5 * v_pixel, edge);
  float inside = v_shape > 0.5 && v_shape < 1.5 ? 1.0 - smoothstep(-0.5 * v_pixel, 0.5 * v_pixel, away) : 0.0;
  vec3 colour = mix(u_ground, v_color.rgb, ink);
  float cover = max(ink, inside);
  gl_FragColor = vec4(colour * cover, cover);
  #endif
}`;

const shapes = new Map(componentKeys.map((key, at) => [key, at]));
type Uniform = "u_matrix" | "u_sizeRatio" | "u_correctionRatio" | "u_ground";

/**
 * The four shapes of the components, told apart without their colours: a disc, a ring, a tick that points outwards,
 * three dots.
 *
 * @param ground the colour behind the drawing, asked for at every frame
 */
export function shapesProgram(ground: () => string): NodeProgramType {
  return class ShapesProgram extends NodeProgram<Uniform> {
    getDefinition() {
      const gl = WebGLRenderingContext;
      return {
        VERTICES: 3,
        VERTEX_SHADER_SOURCE: vertexShader,
        FRAGMENT_SHADER_SOURCE: fragmentShader,
        METHOD: gl.TRIANGLES,
        UNIFORMS: ["u_matrix", "u_sizeRatio", "u_correctionRatio", "u_ground"] as const,
        ATTRIBUTES: [
          { name: "a_position", size: 2, type: gl.FLOAT },
          { name: "a_size", size: 1, type: gl.FLOAT },
          { name: "a_shape", size: 1, type: gl.FLOAT },
          { name: "a_turn", size: 1, type: gl.FLOAT },
          { name: "a_color", size: 4, type: gl.UNSIGNED_BYTE, normalized: true },
          { name: "a_id", size: 4, type: gl.UNSIGNED_BYTE, normalized: true },
        ],
        CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 1, type: gl.FLOAT }],
        CONSTANT_DATA: [[0], [(2 * Math.PI) / 3], [(4 * Math.PI) / 3]],
      };
    }

    processVisibleItem(id: number, start: number, data: NodeDisplayData & Partial<ShapeData>) {
      const values = [
        data.x,
        data.y,
        data.size,
        shapes.get(data.component ?? "alpha") ?? 0,
        data.angle ?? 0,
        floatColor(data.color),
        id,
      ];
      this.array.set(values, start);
    }

    setUniforms(params: RenderParams, { gl, uniformLocations }: Parameters<NodeProgram<Uniform>["setUniforms"]>[1]) {
      const places = uniformLocations as Record<Uniform, WebGLUniformLocation>;
      gl.uniform1f(places.u_correctionRatio, params.correctionRatio);
      gl.uniform1f(places.u_sizeRatio, params.sizeRatio);
      gl.uniformMatrix3fv(places.u_matrix, false, params.matrix);
      const [red, green, blue] = channels(ground());
      gl.uniform3f(places.u_ground, red / 255, green / 255, blue / 255);
    }
  };
}
